/** Goes to a place of an order and puts the focus on what is to be done there. */

import { tick } from 'svelte';
import type { Router } from '../router.svelte';

export interface Place {
  hash: string;
  /** what to look at there, as a selector */
  focus: string | null;
}

export async function follow(router: Router, { hash, focus }: Place): Promise<void> {
  if (hash.endsWith('/do')) router.replace(hash);
  else router.go(hash);
  await tick();
  const target = focus ? document.querySelector<HTMLElement>(focus) : null;
  target?.scrollIntoView({ block: 'center' });
  target?.focus();
}
