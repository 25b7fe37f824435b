/** One tablet: the app's own store, saver and sync driver; time, network and crashes belong to the simulator. */
import type { Reply } from '../src/outbox/classify';
import { nextUpload, noteReceived } from '../src/outbox/files';
import { saveWork, type Draft, type NewFile } from '../src/outbox/make';
import type { Operation, SyncRequest } from '../src/outbox/operation';
import { QUIET, type Activity } from '../src/store/activity';
import { fieldService } from '../src/store/fieldService';
import { save } from '../src/store/save';
import { SyncDriver } from '../src/store/syncDriver';
import type { NewPhoto, Shown } from '../src/store/types';
import { Workspace } from '../src/store/workspace.svelte';
import type { Journal } from './journal';

/** A request of the driver; `sent` once the simulator has taken it to the network. */
interface Asked {
  request: SyncRequest;
  sent: boolean;
  answer: (reply: Reply) => void;
}

export interface Clock {
  now: number;
  uptimeMs: number;
}

export class Tablet {
  readonly limits = { ...fieldService.limits };
  clock: Clock = { now: 0, uptimeMs: 0 };
  private asked: Asked | null = null;
  private ring: (() => void) | null = null;
  private activity: Activity = QUIET;
  private requests = 0;
  private workspace!: Workspace;
  private driver!: SyncDriver;

  constructor(
    private readonly name: string,
    private readonly user: string,
    readonly journal: Journal,
  ) {}

  /** The app starts, for the first time or after everything volatile was lost. */
  async start(): Promise<void> {
    this.driver?.stop();
    this.asked = null;
    this.workspace = new Workspace(this.journal, fieldService.rules, () => {});
    await this.workspace.load();
    this.driver = this.makeDriver();
    await this.driver.start();
    await settled();
  }

  /** The driver wants to send at once: more pages, more work, or the next group alone. */
  get asking(): boolean {
    return this.asked?.sent === false;
  }

  async save(drafts: Draft[], photos: NewPhoto[], ids: string[]): Promise<void> {
    const newId = () => ids.shift() as string;
    const { workspace, user } = this;
    await save({ workspace, trade: fieldService, user, now: this.clock.now, newId }, drafts, photos);
    this.driver.dispatch({ name: 'work' });
    await settled();
  }

  /** What a broken or hostile app does: operations reach the outbox past every check. */
  async force(operations: Operation[], files: NewFile[]): Promise<void> {
    await this.workspace.transact((tables) => {
      const { n, seen } = tables.meta;
      const numbered = operations.map((operation, index) => ({ ...operation, seen, n: n + 1 + index }));
      return saveWork(tables, numbered, files, null);
    });
    this.driver.dispatch({ name: 'work' });
    await settled();
  }

  /** The next request for the network. What was sent before and never answered has timed out by now. */
  async ask(): Promise<SyncRequest> {
    if (this.asked?.sent) this.asked.answer({ arrived: false, problem: 'timeout' });
    await settled();
    if (this.asked === null) await this.wake();
    if (this.asked === null) throw new Error('the driver does not send');
    this.asked.sent = true;
    return this.asked.request;
  }

  /** Whatever comes over the network is taken for the answer to the request under way; true if it was believed. */
  async answer(reply: Reply): Promise<boolean> {
    if (!this.asked?.sent) return false;
    this.asked.answer(reply);
    await settled();
    return this.activity.problem === null;
  }

  family(root: string): Shown[] {
    return this.workspace.shown.family(root);
  }

  async nextPhoto(): Promise<{ sha256: string; bytes: Blob } | null> {
    const file = nextUpload(this.workspace.tables);
    if (file === undefined) return null;
    const bytes = await this.workspace.bytes(file.sha256);
    if (bytes === null) throw new Error(`the bytes of ${file.sha256} are gone`);
    return { sha256: file.sha256, bytes };
  }

  async photoArrived(sha256: string, seq: number): Promise<void> {
    await this.workspace.transact((tables) => noteReceived(tables, sha256, seq));
  }

  /** The time has come, or somebody signs in again. */
  private async wake(): Promise<void> {
    if (this.ring === null) this.driver.dispatch({ name: 'signedIn' });
    else this.ring();
    await settled();
  }

  private makeDriver(): SyncDriver {
    return new SyncDriver({
      tables: () => this.workspace.tables,
      transact: (compute) => this.workspace.transact(compute),
      exchange: (request) => this.send(request),
      envelope: () => this.envelope(),
      limits: this.limits,
      now: () => this.clock.now,
      random: () => 0.5,
      alarm: (ms, ring) => void (this.ring = ms === null ? null : ring),
      report: (activity) => void (this.activity = activity),
      rested: () => {},
    });
  }

  private send(request: SyncRequest): Promise<Reply> {
    return new Promise((resolve) => {
      const answer = (reply: Reply) => {
        this.asked = null;
        resolve(reply);
      };
      this.asked = { request, sent: false, answer };
    });
  }

  private envelope() {
    const { protocol, schema } = fieldService;
    const request = `${this.name}-${++this.requests}`;
    const now = new Date(this.clock.now).toISOString();
    return { protocol, schema, app: '0.1.0', request, now, uptimeMs: this.clock.uptimeMs };
  }
}

/** Everything that can happen without the simulator has happened. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
