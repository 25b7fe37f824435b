/** What replaying work on this device needs of the trade: steps, what follows from facts, and fields the server will make. */
import { digest } from './canonical';
import { verdict } from './checklist';
import type { Data, Family, Member } from './family';
import { advance, take } from './machine';
import { contentHash, totalOf } from './quotation';
import type { QuotationLine, Reading } from './records';

type Values = Record<string, never>;

/** Fields that a named transition sets. */
export function transition(name: string, record: Member, family: Family): Values {
  if (record.type === 'work_order') return take(name, family) as Values;
  return (record.type === 'quotation' && name === 'present' ? presented(record, family) : {}) as Values;
}

/** Fields the server will make when a record is made or changed. */
export function derive(record: Member): Values {
  return (DERIVED[record.type]?.(record.data) ?? {}) as Values;
}

export const rules = { transition, derive, advance: (family: Family) => advance(family) as Values };

const DERIVED: Record<string, (data: Data) => Data> = {
  work_order: ({ state }) => (state ? {} : { state: 'triaged' }),
  photo: ({ stored }) => ({ stored: stored ?? false }),
  quotation: ({ state, lines }) => ({ state: state ?? 'draft', total: totalOf((lines ?? []) as QuotationLine[]) }),
  reading: (data) => {
    const { value, minimum, maximum } = data as Reading;
    return { verdict: verdict(value, minimum, maximum) };
  },
  signature: ({ statement }) => {
    const { document, act, reason } = statement as Data;
    const known = { sha256: digest(statement), document, act, state: 'unverified' };
    return reason ? { ...known, reason } : known;
  },
};

function presented({ data }: Member, family: Family): Data {
  const lines = (data.lines ?? []) as QuotationLine[];
  if (lines.length === 0 || data.state === 'presented') return {};
  return { state: 'presented', total: totalOf(lines), hash: contentHash(family.root?.id ?? '', data) };
}
