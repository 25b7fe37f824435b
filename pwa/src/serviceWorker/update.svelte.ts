/** The app shell on this device: registered once, replaced only when the user agrees. */

export class Update {
  ready = $state(false);
  private waiting: ServiceWorker | null = null;

  async register(): Promise<void> {
    if (!('serviceWorker' in navigator)) return;
    const registration = await navigator.serviceWorker.register(workerAddress());
    this.notice(registration.waiting);
    registration.addEventListener('updatefound', () => this.watch(registration.installing));
  }

  /** Reloads once the new worker is in charge; unsaved forms are the caller's question to the user. */
  apply(): void {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    this.waiting?.postMessage({ type: 'SKIP_WAITING' });
  }

  private watch(worker: ServiceWorker | null): void {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed') this.notice(worker);
    });
  }

  /** The first worker ever has nothing to replace. */
  private notice(worker: ServiceWorker | null): void {
    if (worker === null || navigator.serviceWorker.controller === null) return;
    this.waiting = worker;
    this.ready = true;
  }
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(address: string): string };
}

/** The page's policy takes script addresses only from code that promises one of them. */
function workerAddress(): string {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy('huizhi-worker', { createScriptURL: () => '/sw.js' });
  return policy?.createScriptURL('') ?? '/sw.js';
}
