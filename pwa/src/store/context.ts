/** How a component gets at the app: it is put into the context once, where the tree is mounted. */

import { getContext } from 'svelte';
import type { App } from './types';

export const APP = 'app';

export function useApp(): App {
  return getContext<App>(APP);
}
