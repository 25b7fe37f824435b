/** An administrator's changes to reference data: each is one `set` of the whole field he looked at. */

import { setDraft } from '../drafts';
import type { Draft, Shown } from '../types';

/** Nothing to save gives no draft, so that an untouched form makes no operation. */
export function changeReference(shown: Shown, changes: Record<string, unknown>): Draft[] {
  const real = Object.fromEntries(
    Object.entries(changes).filter(([field, to]) => JSON.stringify(shown.data[field] ?? null) !== JSON.stringify(to)),
  );
  return Object.keys(real).length === 0 ? [] : [setDraft(shown, real)];
}
