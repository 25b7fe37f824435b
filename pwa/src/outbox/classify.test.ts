import { describe, expect, it } from 'vitest';
import { device, note, request, response } from './builders';
import { classify, type Reply } from './classify';

const tables = device();
const sent = request({ operations: [note('a', 1)] });
const ok = (json: unknown): Reply => ({ arrived: true, status: 200, json, retryAfterMs: null });
const failed = (status: number, code?: string, retryAfterMs: number | null = null): Reply => ({
  arrived: true,
  status,
  json: code === undefined ? undefined : { error: { code, message: '', detail: {}, retryable: false } },
  retryAfterMs,
});
const kind = (reply: Reply) => classify(sent, 'request-1', reply, tables);

describe('an answer is believed', () => {
  it('if it is whole and answers the latest request', () => {
    expect(kind(ok(response()))).toMatchObject({ kind: 'usable' });
  });

  it('from a new epoch only if it says that it is a reset', () => {
    expect(kind(ok(response({ epoch: 'epoch-2', reset: 'epoch' })))).toMatchObject({ kind: 'usable' });
    expect(kind(ok(response({ epoch: 'epoch-2' })))).toMatchObject({ kind: 'unusable', problem: 'stale' });
  });
});

describe('an answer changes nothing', () => {
  it.each([
    ['it is HTML of a captive portal', ok(undefined), 'portal'],
    ['it is the JSON of somebody else', ok({ status: 'ok' }), 'portal'],
    ['its body was cut half way', ok({ ...response(), cursor: undefined }), 'portal'],
    ['a row in it is malformed', ok(response({ changes: [{ type: 'note' } as never] })), 'portal'],
    ['a portal asks for a sign-in of its own', failed(401), 'portal'],
    ['a portal says that the network needs a sign-in', failed(511), 'portal'],
    ['it speaks another protocol', ok(response({ protocol: 2 })), 'protocol'],
    ['it answers another request', ok(response({ request: 'request-0' })), 'stale'],
    [
      'it names an operation that was not sent',
      ok(response({ answers: [{ id: 'b', verdict: 'applied', seq: 1 }] })),
      'stale',
    ],
    ['the server fails', failed(500, 'internal'), 'server_error'],
    ['the server is busy', failed(503, 'unavailable'), 'busy'],
    ['nothing came', { arrived: false, problem: 'timeout' } as Reply, 'timeout'],
  ])('if %s', (_why, reply, problem) => {
    expect(kind(reply)).toMatchObject({ kind: 'unusable', problem });
  });

  it('if a newer request was sent meanwhile', () => {
    expect(classify(sent, 'request-2', ok(response()), tables)).toMatchObject({ problem: 'stale' });
  });

  it('if the stored cursor is no longer the one that was sent', () => {
    expect(classify(request({ cursor: 'cursor-0' }), 'request-1', ok(response()), tables)).toMatchObject({
      problem: 'stale',
    });
  });
});

describe('a refusal', () => {
  it('of the envelope or its size sends one group at a time', () => {
    expect(kind(failed(400, 'bad_envelope'))).toEqual({ kind: 'refused', code: 'bad_envelope' });
    expect(kind(failed(413))).toEqual({ kind: 'refused', code: 'too_large' });
  });

  it('of the session by our own server ends sending', () => {
    expect(kind(failed(401, 'unauthenticated'))).toEqual({ kind: 'signed_out' });
  });

  it('for too many requests keeps the time the server named', () => {
    expect(kind(failed(429, 'too_many_requests', 9000))).toMatchObject({ problem: 'busy', retryAfterMs: 9000 });
  });

  it('that a proxy made up sets no work aside', () => {
    expect(kind(failed(400))).toMatchObject({ kind: 'unusable', problem: 'portal' });
  });
});
