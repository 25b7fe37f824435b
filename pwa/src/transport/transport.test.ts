import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sha256Hex } from '../media/hash';
import { note, request, response } from '../outbox/builders';
import { announce, sendChunk } from './blobs';
import { download } from './download';
import { currentSession, endSession, signIn } from './session';
import { exchange } from './sync';

interface Heard {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}
interface Said {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Ends the connection after this many bytes of the body. */
  cutAfter?: number;
}

let server: Server;
let heard: Heard[];
let say: Said | ((message: IncomingMessage) => Said);

const json = (value: unknown, status = 200): Said => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});
const problem = (status: number, code: string) => json({ error: { code, message: '', detail: {} } }, status);

beforeEach(async () => {
  heard = [];
  server = createServer(async (message, reply) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    heard.push({
      method: message.method ?? '',
      url: message.url ?? '',
      headers: message.headers,
      body: Buffer.concat(chunks),
    });
    const said = typeof say === 'function' ? say(message) : say;
    const body = Buffer.from(said.body ?? '');
    reply.writeHead(said.status ?? 200, { ...said.headers, 'Content-Length': body.length });
    if (said.cutAfter === undefined) reply.end(body);
    else reply.write(body.subarray(0, said.cutAfter), () => reply.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const real = fetch;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => real(base + path, init));
});

afterEach(() => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  server.close();
});

describe('an exchange', () => {
  it('carries the header that a foreign page cannot send, and brings the answer', async () => {
    say = json(response());
    expect(await exchange(request())).toMatchObject({ arrived: true, status: 200, json: response() });
    expect(heard[0]).toMatchObject({ method: 'POST', url: '/api/v1/sync' });
    expect(heard[0]?.headers).toMatchObject({ 'x-huizhi': '1', 'content-type': 'application/json' });
  });

  it('compresses a large request, and nothing is lost by it', async () => {
    say = json(response());
    const large = request({ operations: Array.from({ length: 50 }, (_, n) => note(`操作${n}`, n)) });
    await exchange(large);
    expect(heard[0]?.headers['content-encoding']).toBe('gzip');
    expect(JSON.parse(gunzipSync(heard[0]?.body ?? '').toString())).toEqual(large);
  });

  it('brings no JSON from a captive portal', async () => {
    say = { headers: { 'Content-Type': 'text/html' }, body: '<html>Welcome</html>' };
    expect(await exchange(request())).toMatchObject({ status: 200, json: undefined });
  });

  it('does not follow a portal to another page', async () => {
    say = { status: 302, headers: { Location: '/login' } };
    await exchange(request());
    expect(heard).toHaveLength(1);
  });

  it('that was cut half way counts as no answer', async () => {
    say = { ...json(response()), cutAfter: 20 };
    expect(await exchange(request())).toEqual({ arrived: false, problem: 'offline' });
  });

  it('says how long the server asked to wait', async () => {
    const busy = problem(503, 'unavailable');
    say = { ...busy, headers: { ...busy.headers, 'Retry-After': '7' } };
    expect(await exchange(request())).toMatchObject({ status: 503, retryAfterMs: 7000 });
  });

  it('without a server says that there is no network', async () => {
    server.close();
    server.closeAllConnections();
    expect(await exchange(request())).toEqual({ arrived: false, problem: 'offline' });
  });
});

describe('a session', () => {
  const session = { user: { id: 'u', name: 'N', roles: ['engineer'], branch: 'b' }, device: 'd', expires: '' };

  it('is opened with name and password for a device', async () => {
    say = json(session);
    expect(await signIn('anna', 'secret', { id: null, name: 'phone' })).toEqual({ session });
    expect(JSON.parse(heard[0]?.body.toString() ?? '')).toMatchObject({ username: 'anna', device: { id: null } });
  });

  it.each([
    ['wrong password', () => problem(401, 'unauthenticated'), 'unauthenticated'],
    ['a captive portal', () => ({ body: '<html>' }), 'portal'],
    ['something that is no session', () => json({ ok: true }), 'portal'],
  ])('is not opened by %s', async (_what, said, code) => {
    say = said();
    expect(await currentSession()).toMatchObject({ problem: code });
  });

  it('is closed', async () => {
    say = { status: 204 };
    expect(await endSession()).toBe(true);
    expect(heard[0]?.method).toBe('DELETE');
  });
});

describe('photo bytes', () => {
  const bytes = new Blob(['0123456789']);

  it('are announced, and the server says from where to send', async () => {
    say = json({ offset: 4, complete: false });
    expect(await announce('x', 10, 'image/jpeg')).toEqual({ kind: 'offset', offset: 4 });
  });

  it('go as one chunk from the offset on', async () => {
    say = json({ offset: 7, complete: false });
    expect(await sendChunk('x', bytes, 4, 3)).toEqual({ kind: 'offset', offset: 7 });
    expect(heard[0]).toMatchObject({ method: 'PATCH', url: '/api/v1/blobs/x' });
    expect(heard[0]?.headers['upload-offset']).toBe('4');
    expect(heard[0]?.body.toString()).toBe('456');
  });

  it('continue where the server is when it stopped elsewhere', async () => {
    say = json({ error: { code: 'offset_mismatch', detail: { offset: 2 } } }, 409);
    expect(await sendChunk('x', bytes, 4, 3)).toEqual({ kind: 'offset', offset: 2 });
  });

  it('have arrived only when the server says complete', async () => {
    say = json({ offset: 10, complete: false });
    expect(await sendChunk('x', bytes, 7, 3)).toEqual({ kind: 'offset', offset: 10 });
    say = json({ offset: 10, complete: true, seq: 31 });
    expect(await sendChunk('x', bytes, 7, 3)).toEqual({ kind: 'complete', seq: 31 });
  });

  it.each([
    ['the session ended', () => problem(401, 'unauthenticated'), { kind: 'signed_out' }],
    ['the hash is another', () => problem(422, 'hash_mismatch'), { kind: 'failed', problem: 'hash_mismatch' }],
    ['a portal answered', () => ({ body: '<html>' }), { kind: 'failed', problem: 'portal' }],
  ])('have not arrived if %s', async (_why, said, expected) => {
    say = said();
    expect(await sendChunk('x', bytes, 0, 3)).toMatchObject(expected);
  });

  it('are downloaded in parts that a slow link carries in one request', async () => {
    const pixels = Buffer.alloc(300_000, 'pixels');
    say = (message) => {
      const [from, to] = /bytes=(\d+)-(\d+)/
        .exec(message.headers.range ?? '')!
        .slice(1)
        .map(Number) as [number, number];
      const body = pixels.subarray(from, to + 1);
      const range = `bytes ${from}-${from + body.length - 1}/${pixels.length}`;
      return { status: 206, headers: { 'Content-Type': 'image/jpeg', 'Content-Range': range }, body };
    };
    const found = await download(await sha256Hex(new Blob([pixels])));
    expect(Buffer.from(await found!.arrayBuffer()).equals(pixels)).toBe(true);
    expect(heard).toHaveLength(3);
  });

  it('are downloaded to be looked at, but never a portal page instead', async () => {
    const name = await sha256Hex('pixels');
    say = { headers: { 'Content-Type': 'image/jpeg' }, body: 'pixels' };
    expect(await (await download(name))?.text()).toBe('pixels');
    say = { headers: { 'Content-Type': 'text/html' }, body: '<h1>Wi-Fi</h1>' };
    expect(await download(name)).toBeNull();
    say = { headers: { 'Content-Type': 'image/jpeg' }, body: 'other pixels' };
    expect(await download(name)).toBeNull();
    say = { status: 404 };
    expect(await download(name)).toBeNull();
  });
});
