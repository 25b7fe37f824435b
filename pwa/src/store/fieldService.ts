/** Field service as the engine sees it: the exported model, and the rules both sides compute alike. */
import { callbackState } from '../model/callback';
import { canonicalJson, digest, NotCanonical } from '../model/canonical';
import { verdict } from '../model/checklist';
import { model, together } from '../model/exported';
import { takeStep } from '../model/complaint';
import { advance, take } from '../model/machine';
import { contentHash, totalOf } from '../model/quotation';
import { upcast } from '../model/upcasts';
import { canonicalField, InvalidField } from '../model/values';
import type { Draft } from '../outbox/make';
import type { Data, Value } from '../outbox/operation';
import type { Family, Replayed, Rules } from '../outbox/replay';
import { InvalidValue, normalise } from '../outbox/values';
import { InvalidDraft, type Trade } from './trade';

/** A request that a 2G link carries in half a minute. */
const REQUEST = { operations: 200, bytes: 512 * 1024, rows: 500 };

const rules: Rules = {
  upcast,
  transition: (name, record, family) => (TAPPED[record.type]?.(name, record) ?? take(name, family)) as Data,
  advance: (family) => (ADVANCED[family.root?.type ?? '']?.(family) ?? {}) as Data,
  derive: (record, family) => DERIVED[record.type]?.(record, family) ?? {},
};

export const fieldService: Trade = {
  protocol: model.protocol,
  schema: model.schema,
  rules,
  limits: {
    ...REQUEST,
    operationBytes: model.limits.operation_bytes ?? REQUEST.bytes,
    groupMembers: model.limits.group_operations ?? 1,
  },
  together,
  canonical,
};

function presented(quotation: Replayed): Data {
  const total = totalOf(quotation.data.lines as { amount: number }[]);
  return { state: 'presented', total, hash: contentHash(quotation.root, quotation.data) };
}

/** What a tapped step sets on what is no order. */
const TAPPED: Record<string, (name: string, record: Replayed) => Record<string, unknown>> = {
  quotation: (_, record) => presented(record),
  complaint: (name, { data }) => takeStep(name, data),
};

/** What a root's fields become by themselves from its records. */
const ADVANCED: Record<string, (family: Family) => Record<string, unknown>> = {
  work_order: advance,
  callback: callbackState,
};

/** What the server derives when a record is made or changed. */
const DERIVED: Record<string, (record: Replayed, family: Family) => Data> = {
  work_order: ({ data }) => ({ state: data.state ?? 'triaged' }),
  reading: ({ data }) => ({ verdict: verdict(data.value as string, data.minimum as string, data.maximum as string) }),
  quotation: ({ data }) => ({ state: data.state ?? 'draft', total: totalOf(data.lines as { amount: number }[]) }),
  signature: ({ data }) => signed(data.statement as Data),
  complaint: ({ data }) => ({ state: data.state ?? 'opened' }),
};

function signed(statement: Data): Data {
  const { document = null, act = null, reason = null } = statement;
  return { sha256: digest(statement), document, act, reason, state: 'unverified' };
}

/** The operation is the first level of nesting that the server counts. */
const IN_OPERATION = 1;

function canonical(draft: Draft): Draft {
  if (!model.types[draft.type]?.does.includes(draft.do)) throw new InvalidDraft(draft.type, 'unknown_do');
  try {
    return { ...draft, body: canonicalBody(draft, normalise(draft.body, IN_OPERATION)) };
  } catch (error) {
    if (error instanceof InvalidValue) throw new InvalidDraft(draft.type, error.reason);
    throw error;
  }
}

function canonicalBody(draft: Draft, body: Value): Value {
  if (draft.do === 'create' || draft.do === 'append') return { values: canonicalValues(draft.type, body as Inserted) };
  if (draft.do === 'set') return canonicalChanges(draft.type, body as Changes);
  if (draft.do === 'sign') demandUnaltered(draft.body, body);
  return body;
}

type Inserted = { values: Data };
type Changes = Record<string, { was: Value; to: Value }>;

function canonicalValues(type: string, { values }: Inserted): Data {
  const fields = Object.entries(values).filter(([, value]) => value !== null);
  const canonicals = fields.map(([name, value]) => [name, checked(type, name, value)] as const);
  const given = Object.fromEntries(canonicals.filter(([, value]) => value !== null));
  const rules = Object.entries(model.types[type]?.fields ?? {});
  const missing = rules.find(([name, rule]) => rule.required && given[name] === undefined);
  if (missing) throw new InvalidDraft(missing[0], 'missing');
  return given;
}

function canonicalChanges(type: string, changes: Changes): Data {
  const changed = Object.entries(changes).map(([name, { was, to }]) => [
    name,
    { was: checked(type, name, was), to: checked(type, name, to) },
  ]);
  return Object.fromEntries(changed) as Data;
}

function checked(type: string, field: string, value: Value): Value {
  try {
    return canonicalField(type, field, value) as Value;
  } catch (error) {
    if (error instanceof InvalidField) throw new InvalidDraft(field, error.reason);
    throw error;
  }
}

/** The customer saw the hash of exactly these bytes: nothing may be tidied up in them afterwards. */
function demandUnaltered(given: unknown, normal: Value): void {
  try {
    if (canonicalJson(given) === canonicalJson(normal)) return;
  } catch (error) {
    if (!(error instanceof NotCanonical)) throw error;
  }
  throw new InvalidDraft('statement', 'not_canonical');
}
