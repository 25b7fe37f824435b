import { describe, expect, it } from 'vitest';
import { MemoryDatabase } from '../database/memoryDatabase';
import { device, note, NOW, operation, ORDER, PLAIN_RULES, response, row } from '../outbox/builders';
import { Change } from '../outbox/change';
import type { Reply } from '../outbox/classify';
import type { Operation, SyncRequest, SyncResponse } from '../outbox/operation';
import type { Tables } from '../outbox/tables';
import type { Activity } from './activity';
import { SyncDriver } from './syncDriver';
import { Workspace } from './workspace.svelte';

type Script = (request: SyncRequest) => Reply | null;

const answer = (request: SyncRequest, values: Partial<SyncResponse> = {}): Reply => ({
  arrived: true,
  status: 200,
  json: response({ request: request.request, epoch: request.epoch ?? 'epoch-1', ...values }),
  retryAfterMs: null,
});
const applied = (request: SyncRequest) =>
  request.operations.map(({ id }) => ({ id, verdict: 'applied' as const, seq: 20 }));
const accept: Script = (request) => answer(request, { answers: applied(request) });
const error = (status: number, code: string): Reply => ({
  arrived: true,
  status,
  json: { error: { code } },
  retryAfterMs: null,
});

/** A device whose time passes when the test says so. */
class Bench {
  readonly requests: SyncRequest[] = [];
  activity: Activity | null = null;
  ring: (() => void) | null = null;
  private count = 0;

  private constructor(
    readonly workspace: Workspace,
    private readonly script: Script[],
  ) {}

  static async with(operations: Operation[], ...script: Script[]): Promise<Bench> {
    const workspace = new Workspace(new MemoryDatabase(), PLAIN_RULES, () => {});
    await workspace.load();
    await workspace.transact((tables) => filled(tables, operations));
    return new Bench(workspace, script);
  }

  readonly driver = new SyncDriver({
    tables: () => this.workspace.tables,
    transact: (compute) => this.workspace.transact(compute),
    exchange: (request) => Promise.resolve(this.reply(request)),
    envelope: () => ({ protocol: 1, schema: 1, app: 't', request: `r${++this.count}`, now: iso, uptimeMs: 1 }),
    limits: { operations: 200, bytes: 10_000, rows: 500 },
    now: () => NOW,
    random: () => 0.5,
    alarm: (_ms, ring) => (this.ring = ring),
    report: (activity) => (this.activity = activity),
    rested: () => {},
  });

  /** Until the driver waits for time, a person or nothing. */
  async settle(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.activity?.sending);
  }

  async run(): Promise<this> {
    await this.driver.start();
    await this.settle();
    return this;
  }

  get waiting(): string[] {
    return [...this.workspace.tables.outbox.keys()];
  }

  private reply(request: SyncRequest): Reply | null {
    this.requests.push(request);
    return (this.script.shift() ?? accept)(request);
  }
}

const iso = new Date(NOW).toISOString();

function filled(tables: Tables, operations: Operation[]): Change {
  const change = new Change(tables);
  for (const { outbox } of [device({ outbox: operations })])
    for (const one of outbox.values()) change.put('outbox', one);
  change.meta({ epoch: 'epoch-1', cursor: 'cursor-1' });
  return change;
}

describe('sending', () => {
  it('empties the outbox and takes over what changed', async () => {
    const bench = await Bench.with([note('a', 1)], (request) =>
      answer(request, { answers: applied(request), changes: [row({ id: ORDER })], entered: [ORDER] }),
    );
    await bench.run();
    expect(bench.waiting).toEqual([]);
    expect(bench.workspace.shown.get('work_order', ORDER)).toBeDefined();
    expect(bench.activity).toEqual({ sending: false, signedIn: true, problem: null });
  });

  it('goes on at once while there are more pages', async () => {
    const bench = await (await Bench.with([], (request) => answer(request, { more: true, cursor: 'page-2' }))).run();
    expect(bench.requests.map((request) => request.cursor)).toEqual(['cursor-1', 'page-2']);
  });

  it('repeats the same operation after a lost answer, and takes the stored verdict', async () => {
    const lost: Script = () => ({ arrived: false, problem: 'timeout' });
    const bench = await (await Bench.with([note('a', 1)], lost)).run();
    expect(bench.activity?.problem).toBe('timeout');
    bench.ring?.();
    await bench.settle();
    expect(bench.requests[1]?.operations).toEqual(bench.requests[0]?.operations);
    expect(bench.waiting).toEqual([]);
  });

  it.each<[string, Script]>([
    ['a captive portal', () => ({ arrived: true, status: 200, json: undefined, retryAfterMs: null })],
    ['an answer to an older request', (request) => answer(request, { request: 'r0', answers: applied(request) })],
    ['an answer of another history', (request) => answer(request, { epoch: 'epoch-9', answers: applied(request) })],
    ['a server that fails', () => error(500, 'internal')],
  ])('keeps the outbox whole after %s, and says that it was not sent', async (_what, script) => {
    const bench = await (await Bench.with([note('a', 1)], script)).run();
    expect(bench.waiting).toEqual(['a']);
    expect(bench.activity?.problem).not.toBeNull();
  });
});

describe('a group that the server will not read', () => {
  const refuse =
    (bad: string): Script =>
    (request) =>
      request.operations.some(({ id }) => id === bad) ? error(413, 'too_large') : accept(request);

  it('is found, set aside for a person, and does not hold up the others', async () => {
    const group = { id: 'g', of: 2 };
    const work = [note('a', 1), operation({ id: 'b', n: 2, group }), operation({ id: 'c', n: 3, group }), note('d', 4)];
    const bench = await (await Bench.with(work, ...Array<Script>(6).fill(refuse('b')))).run();
    expect(bench.waiting).toEqual(['b', 'c']);
    const refused = [...bench.workspace.tables.outbox.values()].map((one) => one.refused);
    expect(refused).toEqual(['too_large', 'too_large']);
  });
});

describe('a session that ended', () => {
  it('stops sending, keeps everything, and goes on after a sign-in', async () => {
    const bench = await (await Bench.with([note('a', 1)], () => error(401, 'unauthenticated'))).run();
    expect(bench.activity).toMatchObject({ signedIn: false, problem: 'signed_out' });
    bench.driver.dispatch({ name: 'work' });
    expect(bench.requests).toHaveLength(1);
    bench.driver.dispatch({ name: 'signedIn' });
    await bench.settle();
    expect(bench.waiting).toEqual([]);
  });

  it('that belongs to another user by now sends nothing', async () => {
    const bench = await (await Bench.with([note('a', 1)], () => null)).run();
    expect(bench.waiting).toEqual(['a']);
    expect(bench.activity?.signedIn).toBe(false);
  });
});

describe('a restored server', () => {
  it('gets all work again after the reset, and the store is swapped once', async () => {
    const reset: Script = (request) =>
      answer(request, {
        epoch: 'epoch-2',
        reset: 'epoch',
        cursor: 's1',
        more: true,
        answers: [{ id: 'a', held: 'reset' }],
      });
    const bench = await (await Bench.with([note('a', 1)], reset)).run();
    expect(bench.requests[1]).toMatchObject({ epoch: 'epoch-2', cursor: 's1' });
    expect(bench.waiting).toEqual([]);
    expect(bench.workspace.tables.meta).toMatchObject({ epoch: 'epoch-2', shadow: null });
  });
});
