/** Who signed and what he added, as the signed statement itself says. */

import { label } from '../../../i18n/labels';
import type { Signature } from '../../../model/records';

export interface Signer {
  name: string;
  role: string;
  words: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export function signerOf({ statement }: Signature): Signer {
  const { signer, reason, remarks } = statement as { signer?: Record<string, unknown>; [name: string]: unknown };
  return {
    name: text(signer?.name),
    role: label('contact_role', text(signer?.role)),
    words: text(reason ?? remarks),
  };
}
