/** The shell around the loop: performs its effects, and turns what came back into its events. */
import type { Change } from '../outbox/change';
import type { Reply } from '../outbox/classify';
import { conclude, SIGNED_OUT, type Conclusion } from '../outbox/conclude';
import { START, step, type Effect, type Event, type State } from '../outbox/loop';
import type { SyncRequest } from '../outbox/operation';
import { buildRequest, narrowed, type Envelope, type Limits } from '../outbox/request';
import { discardShadow, needsCleanStart } from '../outbox/reset';
import type { Tables } from '../outbox/tables';
import { QUIET, type Activity } from './activity';

export interface Ports {
  tables(): Tables;
  /** Stores what `compute` makes of the newest tables; null stores nothing. */
  transact(compute: (tables: Tables) => Change | null): Promise<Change | null>;
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

type Sending = Extract<Effect, { name: 'send' }>;

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
    if (effect.name === 'send') void this.send(effect);
  }

  private async send(how: Sending): Promise<void> {
    this.ports.alarm(null, () => {});
    try {
      this.dispatch(await this.exchange(how));
    } catch {
      this.tell({ problem: 'storage_failed' });
      this.dispatch({ name: 'unusable', timedOut: false, retryAfterMs: null });
    }
  }

  private async exchange({ single, narrow }: Sending): Promise<Event> {
    const limits = narrowed(this.ports.limits, narrow);
    const request = buildRequest(this.ports.tables(), this.ports.envelope(), limits, single);
    this.latest = request.request;
    const reply = await this.ports.exchange(request);
    const { event, problem } = reply === null ? SIGNED_OUT : await this.take(request, reply);
    this.tell({ problem });
    return event;
  }

  private async take(request: SyncRequest, reply: Reply): Promise<Conclusion> {
    const receivedAt = this.ports.now();
    let conclusion!: Conclusion;
    await this.ports.transact((tables) => {
      conclusion = conclude(tables, request, this.latest, reply, receivedAt);
      return conclusion.change;
    });
    return conclusion;
  }

  private tell(news: Partial<Activity>): void {
    this.activity = { ...this.activity, ...news };
    this.ports.report(this.activity);
  }
}
