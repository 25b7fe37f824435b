/** Everything that shows, indexed for the screens; a root is replayed again only when something of it changed. */
import { SvelteMap } from 'svelte/reactivity';
import { pendingOperations } from '../outbox/pending';
import { replayFamily, type Replayed, type Rules } from '../outbox/replay';
import { honestByRecord, honestPhoto, worst, type Honest } from '../outbox/states';
import type { Tables } from '../outbox/tables';
import type { Shown } from './types';

export class ShownRecords {
  private readonly families = new Map<string, Shown[]>();
  private readonly byId = new Map<string, Shown>();
  private readonly byType = new Map<string, Map<string, Shown>>();
  private readonly lists = new Map<string, Shown[]>();
  /** What a screen has read and must read again: a count per type and per root. */
  private readonly ticks = new SvelteMap<string, number>();

  constructor(private readonly rules: Rules) {}

  all(type: string): Shown[] {
    this.ticks.get(type);
    const known = this.lists.get(type);
    if (known !== undefined) return known;
    const list = [...(this.byType.get(type)?.values() ?? [])].filter(isThere);
    this.lists.set(type, list);
    return list;
  }

  get(type: string, id: string): Shown | undefined {
    this.ticks.get(type);
    const shown = this.byId.get(id);
    return shown?.type === type ? shown : undefined;
  }

  family(root: string): Shown[] {
    this.ticks.get(root);
    return this.families.get(root) ?? [];
  }

  /** What shows of a record, outside any reaction. */
  look(id: string): Shown | undefined {
    return this.byId.get(id);
  }

  clear(): void {
    this.show(new Map([...this.families.keys()].map((root) => [root, []])));
  }

  /** `roots`: those that changed; null for all. */
  update(tables: Tables, roots: Set<string> | null): void {
    const rows = groupByRoot(tables.records.values(), (row) => row.root, roots);
    const operations = groupByRoot(pendingOperations(tables), (operation) => operation.root, roots);
    const honest = honestByRecord(tables);
    const changed = roots ?? new Set([...rows.keys(), ...operations.keys(), ...this.families.keys()]);
    const families = new Map<string, Shown[]>();
    for (const root of changed) {
      const replayed = replayFamily(root, rows.get(root) ?? [], operations.get(root) ?? [], this.rules);
      families.set(root, asShown(replayed, honest, tables));
    }
    this.show(families);
  }

  private show(families: Map<string, Shown[]>): void {
    const touched = new Set<string>();
    for (const [root, family] of families) {
      for (const shown of this.families.get(root) ?? []) this.forget(shown, touched);
      for (const shown of family) this.remember(shown, touched);
      if (family.length > 0) this.families.set(root, family);
      else this.families.delete(root);
      touched.add(root);
    }
    for (const key of touched) {
      this.lists.delete(key);
      this.ticks.set(key, (this.ticks.get(key) ?? 0) + 1);
    }
  }

  private forget(shown: Shown, touched: Set<string>): void {
    this.byId.delete(shown.id);
    this.byType.get(shown.type)?.delete(shown.id);
    touched.add(shown.type);
  }

  private remember(shown: Shown, touched: Set<string>): void {
    this.byId.set(shown.id, shown);
    const ofType = this.byType.get(shown.type) ?? new Map<string, Shown>();
    this.byType.set(shown.type, ofType.set(shown.id, shown));
    touched.add(shown.type);
  }
}

/** A removed record shows only while unsent work changes it: its author must see that work. */
export function isThere(shown: Shown): boolean {
  return !shown.gone || shown.pending.length > 0;
}

function groupByRoot<T>(items: Iterable<T>, rootOf: (item: T) => string, wanted: Set<string> | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const root = rootOf(item);
    if (wanted !== null && !wanted.has(root)) continue;
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [item]);
    else group.push(item);
  }
  return groups;
}

function asShown(family: Replayed[], honest: Map<string, Honest>, tables: Tables): Shown[] {
  const conflicts = openConflicts(family);
  return family.map((record) => {
    const states = [honest.get(record.id) ?? 'received', ...ownStates(record, tables)];
    return { ...record, disputed: conflicts.get(record.id) ?? {}, honest: worst(states) };
  });
}

function ownStates(record: Replayed, tables: Tables): Honest[] {
  const states: Honest[] = record.disputed.length > 0 ? ['disputed'] : [];
  if (record.type !== 'photo' || record.gone) return states;
  return [...states, honestPhoto(tables, String(record.data.sha256), record.data.stored === true)];
}

/** record -> field -> id of the open conflict on it */
function openConflicts(family: Replayed[]): Map<string, Record<string, string>> {
  const found = new Map<string, Record<string, string>>();
  for (const { type, id, data } of family) {
    if (type !== 'conflict' || data.state !== 'open') continue;
    const record = String(data.record);
    const fields = Object.fromEntries((data.fields as string[]).map((field) => [field, id]));
    found.set(record, { ...found.get(record), ...fields });
  }
  return found;
}
