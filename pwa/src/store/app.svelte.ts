/** The one reactive object the screens use: who is here, what shows, what is unsent, and the ways to change it. */
import { currentSession } from '../transport/session';
import { UpgradeFailed } from '../database/database';
import { openDeviceDatabase, type DeviceDatabase } from '../database/deviceDatabase';
import { evidenceOf } from './evidence';
import { exportUnsent } from './exportUnsent';
import { operationId, recordId } from './ids';
import { Opened, type Surroundings } from './opened.svelte';
import { save } from './save';
import { isThere } from './shownRecords';
import { enrol, leaveDevice } from './signingIn';
import { outboxItems, photoItems, syncStatus } from './status';
import { openChannel, type Channel, type Hint } from './tabs';
import { emptyTables, type Tables } from '../outbox/tables';
import { worst } from '../outbox/states';
import { QUIET } from './activity';
import type { Trade } from './trade';
import type { App, Draft, Evidence, Honest, Me, NewPhoto, Shown, Storage, StoreProblem } from './types';
import type { Update } from '../serviceWorker/update.svelte';

export class Huizhi implements App {
  ready = $state(false);
  localDataRemoved = $state(false);
  storeProblem = $state<StoreProblem | null>(null);
  private opened = $state.raw<Opened | null>(null);
  private online = $state(navigator.onLine);
  private device = '';
  private readonly channel: Channel;

  private readonly tables: Tables = $derived(this.opened?.workspace.tables ?? emptyTables());
  readonly me: Me | null = $derived(this.opened?.me ?? null);
  readonly sync = $derived(syncStatus(this.tables, this.opened?.activity ?? QUIET, this.online));
  readonly outbox = $derived(outboxItems(this.tables));
  readonly photos = $derived(photoItems(this.tables));
  readonly handedOver = $derived(this.tables.meta.handedOver);

  static async start(trade: Trade, appVersion: string, update: Update): Promise<Huizhi> {
    const app = new Huizhi(trade, appVersion, update, await openDeviceDatabase());
    app.listen();
    void app.openRemembered();
    return app;
  }

  private constructor(
    private readonly trade: Trade,
    private readonly appVersion: string,
    private readonly updates: Update,
    private readonly devices: DeviceDatabase,
  ) {
    this.channel = openChannel('device', (hint) => void this.hear(hint));
  }

  get updateReady(): boolean {
    return this.updates.ready;
  }

  all<T>(type: string): Shown<T>[] {
    return (this.opened?.workspace.shown.all(type) ?? []) as Shown<T>[];
  }

  get<T>(type: string, id: string): Shown<T> | undefined {
    return this.opened?.workspace.shown.get(type, id) as Shown<T> | undefined;
  }

  children<T>(root: string, type?: string): Shown<T>[] {
    return this.family(root, type).filter(isThere) as Shown<T>[];
  }

  removed<T>(root: string, type?: string): Shown<T>[] {
    return this.family(root, type).filter((record) => record.gone) as Shown<T>[];
  }

  honest(root: string): Honest {
    return worst((this.opened?.workspace.shown.family(root) ?? []).map((record) => record.honest));
  }

  async commit(drafts: Draft[], photos: NewPhoto[] = []): Promise<void> {
    const { workspace, me } = this.present();
    const saver = { workspace, trade: this.trade, user: me.id, now: this.now(), newId: operationId };
    await save(saver, drafts, photos);
    this.opened?.tell({ name: 'work' });
  }

  async blob(sha256: string): Promise<Blob | null> {
    return (await this.opened?.blob(sha256)) ?? null;
  }

  evidence(root: string, also: string[] = []): Evidence {
    const { workspace, me } = this.present();
    const shown = [root, ...also].flatMap((one) => workspace.shown.family(one));
    return evidenceOf(this.tables, shown, this.device, me.id);
  }

  syncNow(): void {
    this.opened?.tell({ name: 'tap' });
  }

  async signIn(username: string, password: string): Promise<void> {
    const user = await enrol(this.devices, username, password, () => this.close());
    await this.show(user);
    this.opened?.tell({ name: 'signedIn' });
    this.channel.post({ name: 'user', id: user.id });
    void navigator.storage?.persist?.();
  }

  async signOut(): Promise<void> {
    this.close();
    await leaveDevice(this.devices);
    this.channel.post({ name: 'user', id: null });
  }

  exportUnsent(): Promise<Blob> {
    const { workspace, me } = this.present();
    return exportUnsent(this.tables, me.id, new Date(this.now()).toISOString(), (sha256) => workspace.bytes(sha256));
  }

  async storage(): Promise<Storage> {
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    return { usage, quota, persisted: await navigator.storage.persisted() };
  }

  update(): void {
    this.updates.apply();
  }

  now(): number {
    return Date.now();
  }

  newId(): string {
    return recordId(this.now());
  }

  private family(root: string, type?: string): Shown[] {
    const family = this.opened?.workspace.shown.family(root) ?? [];
    return family.filter((record) => record.id !== root && (type === undefined || record.type === type));
  }

  private present(): Opened {
    if (this.opened === null) throw new Error('nobody is signed in on this device');
    return this.opened;
  }

  async openAgain(): Promise<void> {
    this.storeProblem = null;
    await this.openRemembered();
  }

  /** Needs no network: whoever signed in last and did not sign out goes on where he was. */
  private async openRemembered(): Promise<void> {
    const state = await this.devices.read();
    if (state?.current) await this.show(state.current);
    else if (state === null) void this.recogniseRemovedData();
    this.ready = true;
  }

  /** A browser that holds a session but no data was emptied from outside: its user must be told. */
  private async recogniseRemovedData(): Promise<void> {
    if (!navigator.onLine) return;
    const found = await currentSession();
    if ('session' in found) this.localDataRemoved = true;
  }

  private async show(user: Me): Promise<void> {
    if (this.opened?.me.id === user.id) return;
    this.close();
    this.device = (await this.devices.read())?.device ?? '';
    try {
      this.opened = await Opened.open(user, this.surroundings());
      this.storeProblem = null;
    } catch (error) {
      if (!(error instanceof UpgradeFailed)) throw error;
      this.storeProblem = error.reason;
    }
  }

  private surroundings(): Surroundings {
    const isCurrent = async (user: string) => (await this.devices.read())?.current?.id === user;
    const neighbours = {
      onBlocked: () => (this.storeProblem = 'blocked'),
      onSuperseded: () => this.giveWay(),
    };
    return { trade: this.trade, appVersion: this.appVersion, isCurrent, neighbours };
  }

  /** A newer version of the app has taken the store over: this one neither shows nor sends any more. */
  private giveWay(): void {
    this.close();
    this.storeProblem = 'superseded';
  }

  private close(): void {
    this.opened?.close();
    this.opened = null;
  }

  /** Another tab signed somebody in or out: nobody's work stays on a screen that is not his any more. */
  private async hear(hint: Hint): Promise<void> {
    if (hint.name !== 'user' || hint.id === (this.me?.id ?? null)) return;
    this.close();
    await this.openRemembered();
  }

  private listen(): void {
    addEventListener('online', () => this.setOnline(true));
    addEventListener('offline', () => this.setOnline(false));
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.syncNow();
    });
  }

  private setOnline(online: boolean): void {
    this.online = online;
    this.opened?.tell({ name: online ? 'online' : 'offline' });
  }
}
