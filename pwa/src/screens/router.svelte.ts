/** Where the app stands, by the hash of its address: it works offline and the back button knows it. */

import { getContext, setContext } from 'svelte';

const KEY = 'router';

export class Router {
  #hash = $state(location.hash);
  #locked: string | null = null;
  path = $derived(this.#hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent));

  constructor() {
    addEventListener('hashchange', () => {
      if (this.#locked !== null && location.hash !== this.#locked) return this.go(this.#locked);
      this.#hash = location.hash;
      scrollTo(0, 0);
    });
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
    this.#locked = location.hash;
  }

  unlock(): void {
    this.#locked = null;
  }
}

export function provideRouter(): Router {
  return setContext(KEY, new Router());
}

export function useRouter(): Router {
  return getContext<Router>(KEY);
}
