/** Builds the next request: oldest work first, groups whole, within the limits of the protocol. */
import type { Operation, SyncRequest } from './operation';
import type { Tables, Waiting } from './tables';

export interface Limits {
  /** operations in one request */
  operations: number;
  /** bytes of all operations of one request */
  bytes: number;
  /** rows wanted in one response */
  rows: number;
}

const FEWEST_ROWS = 20;

/** Narrower it never gets: 2G carries this. */
export const NARROWEST = 4;

/** Half as much each time that an answer did not come within the time limit. */
export function narrowed({ operations, bytes, rows }: Limits, times: number): Limits {
  const share = 2 ** Math.min(times, NARROWEST);
  const less = (most: number, least: number) => Math.max(least, Math.floor(most / share));
  return { operations: less(operations, 1), bytes: less(bytes, 1), rows: less(rows, FEWEST_ROWS) };
}

/** What the pure core may not ask for itself. */
export interface Envelope {
  protocol: number;
  schema: number;
  app: string;
  request: string;
  now: string;
  uptimeMs: number;
}

export function buildRequest(tables: Tables, envelope: Envelope, limits: Limits, single = false): SyncRequest {
  const { epoch, cursor, shadow } = tables.meta;
  const units = sendableUnits(tables);
  return {
    protocol: envelope.protocol,
    schema: envelope.schema,
    app: envelope.app,
    request: envelope.request,
    epoch: shadow?.epoch ?? epoch,
    clock: { now: envelope.now, uptime_ms: envelope.uptimeMs },
    operations: single ? operationsOf(units.slice(0, 1)) : operationsOf(fitting(units, limits)),
    cursor: shadow?.cursor ?? cursor,
    limit: limits.rows,
  };
}

/** What waits and may be sent, oldest first; the members of a group are one unit. */
export function sendableUnits(tables: Tables): Waiting[][] {
  const waiting = [...tables.outbox.values()].filter((row) => row.refused === null);
  waiting.sort((a, b) => a.operation.n - b.operation.n);
  const units = new Map<string, Waiting[]>();
  for (const row of waiting) {
    const key = row.operation.group?.id ?? row.operation.id;
    units.set(key, [...(units.get(key) ?? []), row]);
  }
  return [...units.values()];
}

function fitting(units: Waiting[][], limits: Limits): Waiting[][] {
  const taken: Waiting[][] = [];
  let operations = 0;
  let bytes = 0;
  for (const unit of units) {
    operations += unit.length;
    bytes += unit.reduce((sum, row) => sum + row.bytes, 0);
    if (taken.length > 0 && (operations > limits.operations || bytes > limits.bytes)) break;
    taken.push(unit);
  }
  return taken;
}

function operationsOf(units: Waiting[][]): Operation[] {
  return units.flat().map((row) => row.operation);
}
