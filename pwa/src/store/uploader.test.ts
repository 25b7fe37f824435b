import { describe, expect, it, vi } from 'vitest';
import { device, file } from '../outbox/builders';
import type { Tables } from '../outbox/tables';
import type { Upload } from '../transport/blobs';
import { FIRST_CHUNK, LARGEST_CHUNK, SMALLEST_CHUNK } from '../outbox/chunks';
import { Uploader, type UploadPorts } from './uploader';

const MEGABYTE = 1024 * 1024;

/** A device and what arrived of its photos; `took` is the time one chunk needs. */
function bench(files: Tables['files'], options: { took?: number; script?: Upload[]; mayGoOn?: () => boolean } = {}) {
  const state = { tables: { ...device(), files }, clock: 0, chunks: [] as number[], problems: [] as string[] };
  const alarms: { ms: number; ring: () => void }[] = [];
  const arrived = new Map<string, number>();
  const progress = (sha256: string, size: number): Upload => {
    const offset = arrived.get(sha256) ?? 0;
    return options.script?.shift() ?? (offset === size ? { kind: 'complete', seq: 9 } : { kind: 'offset', offset });
  };
  const ports: UploadPorts = {
    tables: () => state.tables,
    transact: async (compute) => {
      const change = compute(state.tables);
      state.tables = change.tables;
      return change;
    },
    bytes: async (sha256) => (sha256 === 'lost' ? null : new Blob([new Uint8Array(MEGABYTE)])),
    announce: async (sha256, size) => progress(sha256, size),
    sendChunk: async (sha256, bytes, offset, length) => {
      state.chunks.push(length);
      state.clock += options.took ?? 100;
      arrived.set(sha256, Math.min(bytes.size, offset + length));
      return progress(sha256, bytes.size);
    },
    now: () => state.clock,
    random: () => 0,
    alarm: (ms, ring) => void alarms.push({ ms, ring }),
    mayGoOn: options.mayGoOn ?? (() => true),
    finished: () => state.problems.push('finished'),
    signedOut: () => state.problems.push('signed_out'),
    failed: (problem) => state.problems.push(problem),
  };
  return { state, alarms, uploader: new Uploader(ports) };
}

const queue = (...names: string[]) => new Map(names.map((name) => [name, file(name, { size: MEGABYTE })]));

describe('photos', () => {
  it('are sent to the end, and received only when the server says complete', async () => {
    const { state, uploader } = bench(queue('a', 'b'));
    await uploader.run();
    expect([...state.tables.files.values()].map((one) => one.state)).toEqual(['received', 'received']);
    expect(state.problems).toEqual(['finished']);
  });

  it('go in larger chunks on a fast link and in smaller ones on a slow link', async () => {
    const fast = bench(queue('a'));
    await fast.uploader.run();
    expect(Math.max(...fast.state.chunks)).toBe(LARGEST_CHUNK);
    const slow = bench(queue('a'), { took: 20_000 });
    await slow.uploader.run();
    expect(Math.min(...slow.state.chunks)).toBe(SMALLEST_CHUNK);
  });

  it('resume where the server stopped', async () => {
    const { state, uploader } = bench(queue('a'), { script: [{ kind: 'offset', offset: MEGABYTE - 10 }] });
    await uploader.run();
    expect(state.chunks).toHaveLength(1);
  });

  it('wait for text', async () => {
    const { state, uploader } = bench(queue('a'), { mayGoOn: () => false });
    await uploader.run();
    expect(state.chunks).toEqual([]);
  });

  it('stay queued with their progress when the link breaks', async () => {
    const broken: Upload = { kind: 'failed', problem: 'timeout', retryAfterMs: null };
    const { state, uploader } = bench(queue('a'), { script: [{ kind: 'offset', offset: 7 }, broken] });
    await uploader.run();
    expect(state.tables.files.get('a')).toMatchObject({ state: 'queued', offset: 7 });
    expect(state.problems).toEqual(['timeout']);
  });

  it('are tried again after a while, later each time, and in smaller pieces', async () => {
    const cut: Upload = { kind: 'failed', problem: 'offline', retryAfterMs: null };
    const begun: Upload = { kind: 'offset', offset: 0 };
    const { state, alarms, uploader } = bench(queue('a'), { script: [begun, cut, begun, cut] });
    await uploader.run();
    alarms[0]?.ring();
    await vi.waitFor(() => expect(alarms).toHaveLength(2));
    expect(state.chunks).toEqual([FIRST_CHUNK, SMALLEST_CHUNK]);
    alarms[1]?.ring();
    await vi.waitFor(() => expect(state.tables.files.get('a')?.state).toBe('received'));
  });

  it('give a link that was too slow at least five seconds', async () => {
    const late: Upload = { kind: 'failed', problem: 'timeout', retryAfterMs: null };
    const { alarms, uploader } = bench(queue('a'), { script: [late] });
    await uploader.run();
    expect(alarms.map(({ ms }) => ms)).toEqual([5_000]);
  });

  it('wait as long as the server says, whoever asks', async () => {
    const busy: Upload = { kind: 'failed', problem: 'unavailable', retryAfterMs: 60_000 };
    const { state, alarms, uploader } = bench(queue('a'), { script: [busy] });
    await uploader.run();
    await uploader.run();
    expect(state.chunks).toEqual([]);
    expect(alarms[0]?.ms).toBeGreaterThanOrEqual(60_000);
    alarms[0]?.ring();
    await vi.waitFor(() => expect(state.tables.files.get('a')?.state).toBe('received'));
  });

  it('that bring nothing forward end the attempt instead of repeating it for ever', async () => {
    const stuck: Upload = { kind: 'offset', offset: 0 };
    const { state, uploader } = bench(queue('a'), { script: Array<Upload>(9).fill(stuck) });
    await uploader.run();
    expect(state.chunks).toHaveLength(1);
  });

  it('that the server will never take do not hold up the others', async () => {
    const refused: Upload = { kind: 'failed', problem: 'hash_mismatch', retryAfterMs: null };
    const { state, uploader } = bench(queue('a', 'b'), { script: [refused] });
    await uploader.run();
    expect([...state.tables.files.values()].map((one) => one.state)).toEqual(['queued', 'received']);
    expect(state.problems).toEqual(['hash_mismatch', 'finished']);
  });

  it('whose bytes the browser lost do not hold up the others', async () => {
    const { state, uploader } = bench(queue('lost', 'b'));
    await uploader.run();
    expect([...state.tables.files.keys()]).toEqual(['b']);
    expect(state.tables.files.get('b')?.state).toBe('received');
  });
});
