/** One transaction in the making: the tables as they will be, and the writes that lead there. */
import { keyOf, type Meta, type RowOf, type TableName, type Tables, type Write } from './tables';

/** The tables it starts from stay untouched; each table is copied when it is first written. */
export class Change {
  readonly tables: Tables;
  readonly writes: Write[] = [];
  readonly revision: number;
  private readonly copied = new Set<TableName>();

  constructor(before: Tables) {
    this.revision = before.meta.revision;
    this.tables = { ...before };
    this.meta({ revision: before.meta.revision + 1 });
  }

  put<T extends TableName>(table: T, row: RowOf<T>): void {
    this.record({ table, put: row } as Write);
  }

  remove(table: TableName, key: string): void {
    if (this.tables[table].has(key)) this.record({ table, remove: key });
  }

  clear(table: TableName): void {
    if (this.tables[table].size > 0) this.record({ table, clear: true });
  }

  meta(values: Partial<Meta>): void {
    this.record({ meta: values });
  }

  /** Bytes live in the database only; null removes them. */
  bytes(sha256: string, blob: Blob | null): void {
    this.record({ bytes: sha256, blob });
  }

  private record(write: Write): void {
    this.writes.push(write);
    applyWrite(this.tables, this.copied, write);
  }
}

/** The tables after somebody else's writes. */
export function applyWrites(before: Tables, writes: Write[]): Tables {
  const tables = { ...before };
  const copied = new Set<TableName>();
  for (const write of writes) applyWrite(tables, copied, write);
  return tables;
}

function applyWrite(tables: Tables, copied: Set<TableName>, write: Write): void {
  if ('meta' in write) tables.meta = { ...tables.meta, ...write.meta };
  if (!('table' in write)) return;
  const rows = own(tables, copied, write.table);
  if ('put' in write) rows.set(keyOf(write.table, write.put as never), write.put);
  else if ('remove' in write) rows.delete(write.remove);
  else rows.clear();
}

function own(tables: Tables, copied: Set<TableName>, table: TableName): Map<string, unknown> {
  if (!copied.has(table)) {
    Object.assign(tables, { [table]: new Map<string, unknown>(tables[table]) });
    copied.add(table);
  }
  return tables[table] as Map<string, unknown>;
}
