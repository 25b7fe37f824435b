/** Lists at the desk: a page at a time, and walked with the arrow keys, as in any mail program. */

export const PAGE = 50;

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

export function walk(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a, summary')];
  const next = links[links.indexOf(document.activeElement as HTMLElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
