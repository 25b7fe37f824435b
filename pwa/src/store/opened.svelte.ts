/** One signed-in user at work: his store, the tab's part in sending it, and the way to the server. */
import { openUserDatabase, type Neighbours } from '../database/indexedDatabase';
import { keepDownloaded } from '../outbox/files';
import type { Event } from '../outbox/loop';
import type { Envelope } from '../outbox/request';
import { announce, sendChunk } from '../transport/blobs';
import { download } from '../transport/download';
import { exchange } from '../transport/sync';
import { QUIET, type Activity } from './activity';
import { Alarm } from './alarm';
import { operationId } from './ids';
import { SyncDriver } from './syncDriver';
import { leadAlone, openChannel, withSession, type Channel, type Hint } from './tabs';
import type { Trade } from './trade';
import type { Me } from './types';
import { Uploader } from './uploader';
import { Workspace } from './workspace.svelte';

export interface Surroundings {
  trade: Trade;
  appVersion: string;
  /** Whether this user may be sent for now: asked inside the session lock. */
  isCurrent(user: string): Promise<boolean>;
  neighbours: Neighbours;
}

export class Opened {
  readonly workspace: Workspace;
  activity = $state.raw<Activity>(QUIET);
  private readonly channel: Channel;
  private readonly ending = new AbortController();
  private driver: SyncDriver | null = null;
  private readonly timer = new Alarm();
  private readonly photoTimer = new Alarm();

  static async open(me: Me, around: Surroundings): Promise<Opened> {
    const database = await openUserDatabase(me.id, around.neighbours);
    const opened = new Opened(me, around, database);
    await opened.workspace.load();
    leadAlone(me.id, opened.ending.signal, () => opened.lead());
    return opened;
  }

  private constructor(
    readonly me: Me,
    private readonly around: Surroundings,
    database: Awaited<ReturnType<typeof openUserDatabase>>,
  ) {
    this.channel = openChannel(me.id, (hint) => void this.hear(hint));
    this.workspace = new Workspace(database, around.trade.rules, (writes, revision) =>
      this.channel.post({ name: 'written', writes, revision }),
    );
  }

  /** Tells the loop, in this tab or in the one that sends. */
  tell(event: Event): void {
    if (this.driver !== null) this.driver.dispatch(event);
    else if (event.name === 'tap' || event.name === 'signedIn') this.channel.post({ name: 'tap' });
  }

  async blob(sha256: string): Promise<Blob | null> {
    const here = await this.workspace.bytes(sha256);
    if (here !== null) return here;
    const photo = this.workspace.shown.all('photo').find((record) => record.data.sha256 === sha256);
    if (photo === undefined) return null;
    const blob = await this.asMe(() => download(sha256));
    if (blob) await this.workspace.transact((tables) => keepDownloaded(tables, sha256, blob, photo.root));
    return blob;
  }

  close(): void {
    this.ending.abort();
    this.driver?.stop();
    this.photoTimer.set(null);
    this.channel.close();
    this.workspace.close();
  }

  private lead(): void {
    this.driver = this.makeDriver(this.makeUploader());
    void this.driver.start();
  }

  private makeDriver(uploader: Uploader): SyncDriver {
    return new SyncDriver({
      tables: () => this.workspace.tables,
      transact: (compute) => this.workspace.transact(compute),
      exchange: (request) => this.asMe(() => exchange(request)),
      envelope: () => this.envelope(),
      limits: this.around.trade.limits,
      now: Date.now,
      random: Math.random,
      alarm: (ms, ring) => this.timer.set(ms, ring),
      report: (activity) => this.report(activity),
      rested: () => void uploader.run(),
    });
  }

  private makeUploader(): Uploader {
    const failed = (problem: string) => this.report({ ...this.activity, problem });
    return new Uploader({
      tables: () => this.workspace.tables,
      transact: (compute) => this.workspace.transact(compute),
      bytes: (sha256) => this.workspace.bytes(sha256),
      announce: async (...file) => (await this.asMe(() => announce(...file))) ?? { kind: 'signed_out' },
      sendChunk: async (...chunk) => (await this.asMe(() => sendChunk(...chunk))) ?? { kind: 'signed_out' },
      now: Date.now,
      random: Math.random,
      alarm: (ms, ring) => this.photoTimer.set(ms, ring),
      mayGoOn: () => this.driver?.resting === true,
      finished: () => this.tell({ name: 'tap' }),
      signedOut: () => this.tell({ name: 'signedOut' }),
      failed,
    });
  }

  /** null: the cookie of this browser belongs to somebody else by now. */
  private asMe<T>(work: () => Promise<T>): Promise<T | null> {
    return withSession('shared', async () => ((await this.around.isCurrent(this.me.id)) ? work() : null));
  }

  private envelope(): Envelope {
    const { protocol, schema } = this.around.trade;
    const uptimeMs = Math.round(performance.now());
    const now = new Date().toISOString();
    return { protocol, schema, app: this.around.appVersion, request: operationId(), now, uptimeMs };
  }

  private report(activity: Activity): void {
    this.activity = activity;
    this.channel.post({ name: 'activity', activity });
  }

  private async hear(hint: Hint): Promise<void> {
    if (hint.name === 'activity') this.activity = hint.activity;
    if (hint.name === 'tap') this.driver?.dispatch({ name: 'tap' });
    if (hint.name !== 'written') return;
    await this.workspace.hear(hint.writes, hint.revision);
    this.driver?.dispatch({ name: 'work' });
  }
}
