/** Sends photos while the loop rests: one chunk after the other, smaller ones on a slow link, patiently on a bad one. */
import { backoff } from '../outbox/backoff';
import { afterChunk, afterFailure, FIRST_CHUNK } from '../outbox/chunks';
import { forgetFile, nextUpload, noteOffset, noteReceived } from '../outbox/files';
import type { Change } from '../outbox/change';
import type { FileRow, Tables } from '../outbox/tables';
import type { Upload } from '../transport/blobs';

export interface UploadPorts {
  tables(): Tables;
  transact(compute: (tables: Tables) => Change): Promise<Change>;
  bytes(sha256: string): Promise<Blob | null>;
  announce(sha256: string, size: number, type: string): Promise<Upload>;
  sendChunk(sha256: string, bytes: Blob, offset: number, length: number): Promise<Upload>;
  now(): number;
  random(): number;
  /** Calls `ring` once after `ms`; a new alarm replaces the old one. */
  alarm(ms: number, ring: () => void): void;
  /** false while text waits: metadata never waits for bytes. */
  mayGoOn(): boolean;
  /** A file arrived, or the server no longer takes this session. */
  finished(): void;
  signedOut(): void;
  failed(problem: string): void;
}

/** What the server says of these bytes it will say again, whatever the link. */
const FINAL = new Set(['hash_mismatch', 'too_large', 'unsupported_media', 'invalid_request']);

type Failed = Extract<Upload, { kind: 'failed' }>;

export class Uploader {
  private running = false;
  private length = FIRST_CHUNK;
  /** Failures in a row. */
  private attempt = 0;
  /** The server named the time: nothing is sent before, whoever asks. */
  private obeying = false;
  /** Tried again after the next start of the app; until then the others go first. */
  private readonly refused = new Set<string>();

  constructor(private readonly ports: UploadPorts) {}

  /** Until nothing is queued, something fails, or text has to go first. */
  async run(): Promise<void> {
    if (this.running || this.obeying) return;
    this.running = true;
    try {
      while (this.ports.mayGoOn() && (await this.sendNext()));
    } finally {
      this.running = false;
    }
  }

  /** True if the next file can follow. */
  private async sendNext(): Promise<boolean> {
    const file = nextUpload(this.ports.tables(), this.refused);
    if (file === undefined) return false;
    const bytes = await this.ports.bytes(file.sha256);
    if (bytes === null) return this.giveUp(file);
    return this.settle(file, await this.sendWhole(file, bytes));
  }

  /** A chunk that brings nothing forward ends the attempt: the next exchange starts a new one. */
  private async sendWhole(file: FileRow, bytes: Blob): Promise<Upload> {
    let upload = await this.ports.announce(file.sha256, file.size, file.type);
    while (upload.kind === 'offset' && this.ports.mayGoOn()) {
      const { offset } = upload;
      upload = await this.sendChunk(file, bytes, offset);
      if (upload.kind === 'offset' && upload.offset <= offset) break;
    }
    return upload;
  }

  /** The browser lost the bytes: nothing to send, and nothing that should hold up the others. */
  private async giveUp(file: FileRow): Promise<boolean> {
    await this.ports.transact((tables) => forgetFile(tables, file.sha256));
    return true;
  }

  private async sendChunk(file: FileRow, bytes: Blob, offset: number): Promise<Upload> {
    await this.ports.transact((tables) => noteOffset(tables, file.sha256, offset));
    const { length } = this;
    const started = this.ports.now();
    const upload = await this.ports.sendChunk(file.sha256, bytes, offset, length);
    if (upload.kind === 'failed') this.length = afterFailure(length);
    else if (offset + length <= bytes.size) this.length = afterChunk(length, this.ports.now() - started);
    if (upload.kind === 'complete' || (upload.kind === 'offset' && upload.offset > offset)) this.attempt = 0;
    return upload;
  }

  /** True if another file can follow: what is wrong lies with this one. */
  private fail(file: FileRow, failed: Failed): boolean {
    this.ports.failed(failed.problem);
    if (FINAL.has(failed.problem)) this.refused.add(file.sha256);
    else this.rest(failed);
    return FINAL.has(failed.problem);
  }

  private rest({ problem, retryAfterMs }: Failed): void {
    const ms = backoff(this.attempt, { timedOut: problem === 'timeout', retryAfterMs }, this.ports.random());
    this.attempt += 1;
    this.obeying = retryAfterMs !== null;
    this.ports.alarm(ms, () => {
      this.obeying = false;
      void this.run();
    });
  }

  private async settle(file: FileRow, upload: Upload): Promise<boolean> {
    if (upload.kind === 'signed_out') this.ports.signedOut();
    if (upload.kind === 'failed') return this.fail(file, upload);
    if (upload.kind !== 'complete') return false;
    await this.ports.transact((tables) => noteReceived(tables, file.sha256, upload.seq));
    if (nextUpload(this.ports.tables(), this.refused) === undefined) this.ports.finished();
    return true;
  }
}
