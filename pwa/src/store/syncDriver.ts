/** The shell around the loop: performs its effects, and turns what came back into its events. */
import { classify, type Classified, type Reply } from '../outbox/classify';
import type { Change } from '../outbox/change';
import { START, step, type Effect, type Event, type State } from '../outbox/loop';
import type { SyncRequest, SyncResponse } from '../outbox/operation';
import { setAside } from '../outbox/needsYou';
import { buildRequest, sendableUnits, type Envelope, type Limits } from '../outbox/request';
import { discardShadow, needsCleanStart } from '../outbox/reset';
import { respond } from '../outbox/respond';
import type { Tables } from '../outbox/tables';
import { QUIET, type Activity } from './activity';

export interface Ports {
  tables(): Tables;
  transact<C extends Change>(compute: (tables: Tables) => C): Promise<C>;
  /** Sends if the session still belongs to this user, null if it does not. */
  exchange(request: SyncRequest): Promise<Reply | null>;
  envelope(): Envelope;
  limits: Limits;
  now(): number;
  random(): number;
  /** Calls `ring` once after `ms`; a new alarm replaces the old one. null: none. */
  alarm(ms: number | null, ring: () => void): void;
  report(activity: Activity): void;
  /** All text is exchanged: now the photos. */
  rested(): void;
}

/** The answer belongs to a state of the store that is gone. */
class Superseded extends Error {}

export class SyncDriver {
  private state: State = START;
  private latest = '';
  private activity: Activity = QUIET;
  private stopped = false;

  constructor(private readonly ports: Ports) {}

  /** Only the tab that leads calls this: a shadow found now was left by a browser that died. */
  async start(): Promise<void> {
    if (needsCleanStart(this.ports.tables())) await this.ports.transact(discardShadow);
    this.dispatch({ name: 'tap' });
  }

  stop(): void {
    this.stopped = true;
    this.ports.alarm(null, () => {});
  }

  get resting(): boolean {
    return this.state.name === 'idle' && !this.stopped;
  }

  dispatch(event: Event): void {
    if (this.stopped) return;
    const before = this.state;
    const { state, effect } = step(before, event, this.ports.random());
    this.state = state;
    this.tell({ sending: state.name === 'sending', signedIn: state.name !== 'signedOut' });
    this.perform(effect);
    if (before.name === 'sending' && state.name === 'idle') this.ports.rested();
  }

  private perform(effect: Effect): void {
    if (effect.name === 'timer') this.ports.alarm(effect.ms, () => this.dispatch({ name: 'timer' }));
    if (effect.name === 'send') void this.send(effect.single);
  }

  private async send(single: boolean): Promise<void> {
    this.ports.alarm(null, () => {});
    try {
      this.dispatch(await this.exchange(single));
    } catch (error) {
      this.tell({ problem: error instanceof Superseded ? 'stale' : 'storage_failed' });
      this.dispatch({ name: 'unusable', retryAfterMs: null });
    }
  }

  private async exchange(single: boolean): Promise<Event> {
    const request = buildRequest(this.ports.tables(), this.ports.envelope(), this.ports.limits, single);
    this.latest = request.request;
    const reply = await this.ports.exchange(request);
    if (reply === null) return this.end();
    const classified = classify(request, this.latest, reply, this.ports.tables());
    return this.conclude(request, reply, classified);
  }

  private async conclude(request: SyncRequest, reply: Reply, classified: Classified): Promise<Event> {
    if (classified.kind === 'signed_out') return this.end();
    if (classified.kind === 'usable') return this.absorb(request, reply, classified.response);
    if (classified.kind === 'refused') return this.refused(request, classified.code);
    this.tell({ problem: classified.problem });
    return { name: 'unusable', retryAfterMs: classified.retryAfterMs };
  }

  private end(): Event {
    this.tell({ problem: 'signed_out' });
    return { name: 'signedOut' };
  }

  /** Judged once more inside the transaction: the tables may be newer than those the request was made from. */
  private async absorb(request: SyncRequest, reply: Reply, response: SyncResponse): Promise<Event> {
    const receivedAt = this.ports.now();
    const change = await this.ports.transact((tables) => {
      if (classify(request, this.latest, reply, tables).kind !== 'usable') throw new Superseded();
      return respond(tables, request, response, receivedAt);
    });
    this.tell({ problem: null });
    return { name: 'usable', again: goesOn(response, change.tables), nextSyncMs: response.next_sync_ms };
  }

  private async refused(request: SyncRequest, code: string): Promise<Event> {
    const ids = request.operations.map((operation) => operation.id);
    const groups = new Set(request.operations.map((operation) => operation.group?.id ?? operation.id));
    this.tell({ problem: code });
    if (groups.size === 0) return { name: 'unusable', retryAfterMs: null };
    if (groups.size === 1) await this.ports.transact((tables) => setAside(tables, ids, code));
    return { name: 'refused', alone: groups.size === 1 };
  }

  private tell(news: Partial<Activity>): void {
    this.activity = { ...this.activity, ...news };
    this.ports.report(this.activity);
  }
}

/** More pages, a reset to work off, or more work that this exchange shows to be judged. */
function goesOn(response: SyncResponse, after: Tables): boolean {
  if (response.more || response.reset !== null) return true;
  const progress = response.answers.some((answer) => answer.verdict !== undefined);
  return progress && sendableUnits(after).length > 0;
}
