/** Who signed, as the signed statement itself says. */

import type { Signature } from '../../../model/records';

export interface Signer {
  name: string;
  role: string;
  reason: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export function signerOf(signature: Signature): Signer {
  const { signer, act } = signature.statement as { signer?: Record<string, unknown>; act?: unknown };
  const acted = typeof act === 'object' && act !== null ? (act as Record<string, unknown>) : {};
  return {
    name: text(signer?.name),
    role: text(signer?.role),
    reason: text(acted.reason ?? signature.statement.reason),
  };
}
