/** Which roots show differently after a set of writes. */
import type { TableName, Tables, Write } from '../outbox/tables';

/** null: all of them. */
export function touchedRoots(before: Tables, writes: Write[]): Set<string> | null {
  const roots = new Set<string>();
  for (const write of writes) {
    if (!('table' in write) || SILENT.has(write.table)) continue;
    if ('clear' in write) return null;
    for (const root of rootsOf(before, write)) roots.add(root);
  }
  return roots;
}

/** Nothing of these shows. */
const SILENT = new Set<TableName>(['shadow', 'archive']);

interface Rooted {
  root?: string;
  operation?: { root: string };
  type?: string;
  data?: { operation?: unknown };
}

function rootsOf(before: Tables, write: Extract<Write, { table: TableName }>): string[] {
  const row = ('put' in write ? write.put : before[write.table].get('remove' in write ? write.remove : '')) as
    Rooted | undefined;
  const root = row?.root ?? row?.operation?.root;
  const judged = row?.type === 'outcome' ? (row.data?.operation as { root?: string } | undefined) : undefined;
  return [root, judged?.root].filter((one) => one !== undefined);
}
