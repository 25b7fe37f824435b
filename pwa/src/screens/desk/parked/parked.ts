/** Parked operations as the supervisor's queue reads them. */

import { label } from '../../../i18n/labels';
import type { Operation } from '../../../outbox/operation';
import type { Shown } from '../../../store/types';

export type Parked = {
  operation: Operation;
  code: string;
  detail?: Record<string, unknown> | null;
  by: string;
  mates?: string[] | null;
  received_at: string;
  state: 'open' | 'applied' | 'dismissed';
  reason?: string | null;
  settled_by?: string | null;
  settled_at?: string | null;
};

/** Oldest first, as they arrived. */
export function parkedQueue(all: Shown<Parked>[], open: boolean): Shown<Parked>[] {
  return all
    .filter((parked) => (parked.data.state === 'open') === open)
    .sort((a, b) => a.data.received_at.localeCompare(b.data.received_at));
}

export function parkedOn(all: Shown<Parked>[], root: string): Shown<Parked>[] {
  return all.filter((parked) => parked.data.state === 'open' && parked.data.operation.root === root);
}

/** The part of `detail` that a person can use: which field, which condition, which state. */
export function because({ detail }: Parked): string {
  const words: Record<string, (value: string) => string> = {
    guard: (value) => label('guard', value),
    field: (value) => label('field', value.split('/')[0]),
    state: (value) => label('order_state', value),
  };
  return Object.entries(detail ?? {})
    .flatMap(([name, value]) => words[name]?.(String(value)) ?? [])
    .join(' · ');
}
