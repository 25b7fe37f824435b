/** What shows: confirmed records with the operations under way replayed on top. No merging, no verdicts. */
import type { Data, Operation, Row, Value } from './operation';

export interface Replayed {
  type: string;
  id: string;
  root: string;
  version: number;
  data: Data;
  gone: boolean;
  /** fields the server calls disputed */
  disputed: string[];
  /** fields whose live value came from somebody who no longer had the root */
  late?: string[];
  /** ids of the operations replayed on this record, in order */
  pending: string[];
}

/** A root and its records as they show. */
export interface Family {
  root: Replayed | undefined;
  records: Replayed[];
}

/** What the trade adds: both sides compute it alike, from the exported model. */
export interface Rules {
  /** An operation of an older version of this app, in the words of today. */
  upcast(operation: Operation): Operation;
  /** Fields that a named transition sets. */
  transition(name: string, record: Replayed, family: Family): Data;
  /** Fields of the root that follow from its records. */
  advance(family: Family): Data;
  /** Fields the server will make when the record is made. */
  derive(record: Replayed, family: Family): Data;
}

/** `rows` are the confirmed records of one root; `operations` those on it, in their author's order. */
export function replayFamily(root: string, rows: Iterable<Row>, operations: Operation[], rules: Rules): Replayed[] {
  const records = new Map<string, Replayed>();
  for (const row of rows) records.set(row.id, confirmed(row));
  const replay = new Replay(root, records, rules);
  for (const operation of operations) replay.apply(rules.upcast(operation));
  return [...records.values()];
}

function confirmed(row: Row): Replayed {
  return { ...row, gone: row.gone === true, disputed: row.disputed ?? [], pending: [] };
}

class Replay {
  constructor(
    private readonly root: string,
    private readonly records: Map<string, Replayed>,
    private readonly rules: Rules,
  ) {}

  apply(operation: Operation): void {
    const record = this.records.get(operation.record);
    if (INSERTS.has(operation.do)) this.insert(operation, record);
    else if (record !== undefined) this.change(operation, record);
    this.advance();
  }

  /** A record that is here already was pulled in the meantime: its stored values are the newer ones. */
  private insert(operation: Operation, present: Replayed | undefined): void {
    if (present !== undefined) return this.put({ ...present, pending: [...present.pending, operation.id] });
    const { type, record: id, root } = operation;
    const values = withoutNulls(inserted(operation));
    const made = { type, id, root, version: 0, data: values, gone: false, disputed: [], pending: [operation.id] };
    this.put({ ...made, data: { ...values, ...this.rules.derive(made, this.family()) } });
  }

  private change(operation: Operation, record: Replayed): void {
    const pending = [...record.pending, operation.id];
    if (operation.do === 'hide' || operation.do === 'restore') {
      return this.put({ ...record, pending, gone: operation.do === 'hide' });
    }
    const data = withoutNulls({ ...record.data, ...this.changes(operation, record) });
    const changed = { ...record, pending, data };
    this.put({ ...changed, data: { ...data, ...this.rules.derive(changed, this.family()) } });
    if (operation.do === 'resolve') this.showChoice(operation, record);
  }

  private changes(operation: Operation, record: Replayed): Data {
    if (operation.do === 'set') return targets(operation.set as SetBody);
    if (operation.do === 'transition') return this.transition(operation.transition as TransitionBody, record);
    if (operation.do === 'resolve') return { state: 'resolved', ...(operation.resolve as Data) };
    return settled(operation);
  }

  /** A transition shows only from the state its author saw: the record may have moved on meanwhile. */
  private transition(body: TransitionBody, record: Replayed): Data {
    if (record.data.state !== body.from) return {};
    return this.rules.transition(body.name, record, this.family());
  }

  private showChoice(operation: Operation, conflict: Replayed): void {
    const record = this.records.get(String(conflict.data.record));
    const fields = conflict.data.fields as string[];
    if (record === undefined) return;
    const value = chosenValue(conflict.data, (operation.resolve as { choose: Data }).choose);
    const data = withoutNulls({ ...record.data, ...unitValues(conflict.data, fields, value) });
    const disputed = record.disputed.filter((field) => !fields.includes(field));
    this.put({ ...record, data, disputed, pending: [...record.pending, operation.id] });
  }

  private advance(): void {
    const family = this.family();
    if (family.root === undefined) return;
    const changes = this.rules.advance(family);
    if (Object.keys(changes).length === 0) return;
    this.put({ ...family.root, data: withoutNulls({ ...family.root.data, ...changes }) });
  }

  private family(): Family {
    const root = this.records.get(this.root);
    return { root, records: [...this.records.values()].filter((record) => record.id !== this.root) };
  }

  private put(record: Replayed): void {
    this.records.set(record.id, record);
  }
}

type SetBody = Record<string, { was: Value; to: Value }>;
interface TransitionBody {
  name: string;
  from: string;
}

/** A parked operation as it shows once its decider has tapped. */
function settled(operation: Operation): Data {
  const { edited = null, reason = null } = operation[operation.do] as Data;
  return { state: operation.do === 'unpark' ? 'applied' : 'dismissed', edited, reason };
}

const INSERTS = new Set(['create', 'append', 'move', 'sign']);

function inserted(operation: Operation): Data {
  if (operation.do === 'move') return operation.move as Data;
  if (operation.do === 'sign') return operation.sign as Data;
  return (operation[operation.do] as { values: Data }).values;
}

function targets(body: SetBody): Data {
  return Object.fromEntries(Object.entries(body).map(([field, change]) => [field, change.to]));
}

/** Of all values of the conflict, the one that `choose` names. */
function chosenValue(conflict: Data, choose: Data): Value {
  if ('value' in choose) return choose.value ?? null;
  const values = [conflict.live, ...(conflict.candidates as Value[])] as { op: string; value: Value }[];
  return values.find((value) => value.op === choose.op)?.value ?? null;
}

/** A merge group is one value with a member per field. */
function unitValues(conflict: Data, fields: string[], value: Value): Data {
  if (fields.length === 1 && fields[0] === conflict.field) return { [fields[0] as string]: value };
  return value as Data;
}

/** Absent and null are the same value. */
function withoutNulls(data: Data): Data {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null && value !== undefined));
}
