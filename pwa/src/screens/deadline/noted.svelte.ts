/** Which warnings were read on this device: the deadline and how far it had come. The next share speaks again. */

const KEY = 'huizhi-noted-warnings';
const MOST = 300;

class Noted {
  #shares = $state<Record<string, number>>(stored());

  has(deadline: string, share: number): boolean {
    return (this.#shares[deadline] ?? 0) >= share;
  }

  add(entries: { deadline: string; share: number }[]): void {
    const added = entries.map(({ deadline, share }) => [deadline, share] as const);
    const all = Object.entries({ ...this.#shares, ...Object.fromEntries(added) });
    this.#shares = Object.fromEntries(all.slice(-MOST));
    localStorage.setItem(KEY, JSON.stringify(this.#shares));
  }
}

function stored(): Record<string, number> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, number>;
  } catch {
    return {};
  }
}

export function readNoted(): Noted {
  return new Noted();
}
