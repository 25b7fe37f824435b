/** The statement behind a signature: whole numbers and strings only, so that every machine hashes it alike. */

import type { Located } from '../../../media/place';
import type { Evidence } from '../../../store/types';
import type { Content, Document } from './content';

export type Act = 'accept' | 'accept_with_remarks' | 'refuse' | 'absent';

export interface Word {
  act: Act;
  remarks: string;
  reason_code: string;
  reason: string;
  signer: { name: string; role: string; phone: string };
  /** '' while nobody was asked, 'declined', or '1' to '5' */
  rating: string;
}

export interface Moment {
  order: string;
  locale: string;
  at: number;
  where: Located | null;
}

export type Statement = Record<string, unknown>;

export function statementOf(
  document: Document,
  content: Content,
  word: Word,
  moment: Moment,
  evidence: Evidence,
): Statement {
  const { records, operations, beacon, clock_offset_ms: offset, device, user, previous } = evidence;
  return bare({
    v: 1,
    document,
    work_order: moment.order,
    records,
    pending: operations,
    content,
    locale: moment.locale,
    ...word,
    time: { device: moment.at, offset_ms: offset, beacon },
    place: moment.where?.place,
    place_missing: moment.where ? moment.where.place_missing : 'timeout',
    device,
    user,
    previous,
  }) as Statement;
}

/** Without what is empty: absent, null and '' are the same. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== null && member !== undefined && member !== '');
  return Object.fromEntries(kept.map(([name, member]) => [name, bare(member)]));
}
