/** Where the app stands, by the hash of its address: it works offline and the back button knows it. */

import { getContext, setContext } from 'svelte';

const KEY = 'router';
/** Kept by the browser: neither a reload nor a new start leads out of customer mode. */
const LOCK = 'huizhi-customer-mode';

export class Router {
  #hash = $state(location.hash);
  path = $derived(this.#hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent));

  constructor() {
    const locked = localStorage.getItem(LOCK);
    if (locked !== null) this.replace(locked);
    addEventListener('hashchange', () => this.#arrive());
  }

  #arrive(): void {
    const locked = localStorage.getItem(LOCK);
    if (locked !== null && location.hash !== locked) return this.go(locked);
    this.#hash = location.hash;
    scrollTo(0, 0);
  }

  go(hash: string): void {
    location.hash = hash;
  }

  /** Another address for the same step back. */
  replace(hash: string): void {
    history.replaceState(null, '', hash);
    this.#hash = hash;
  }

  /** While the device is in a customer's hands neither the back button nor a link leads away. */
  lock(): void {
    localStorage.setItem(LOCK, location.hash);
  }

  unlock(): void {
    localStorage.removeItem(LOCK);
  }
}

export function provideRouter(): Router {
  return setContext(KEY, new Router());
}

export function useRouter(): Router {
  return getContext<Router>(KEY);
}
