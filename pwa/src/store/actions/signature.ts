/** The customer's signature under a frozen statement. */

import { signDraft } from '../drafts';
import type { Draft } from '../types';

export function sign(order: string, signature: string, statement: unknown, ink: number[][]): Draft[] {
  return [signDraft(signature, order, statement, ink)];
}
