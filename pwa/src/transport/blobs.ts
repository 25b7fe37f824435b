/** Photo bytes on their way up: small chunks that resume where the server stopped. */
import { errorCode } from '../outbox/classify';
import { type HttpReply, NoAnswer, retryAfterMs, send } from './http';
import { jsonBody } from './json';

const TIMEOUT_MS = 30_000;
const PATH = '/api/v1/blobs';

export type Upload =
  /** `seq`: a commit that contains their arrival. */
  | { kind: 'complete'; seq: number | null }
  | { kind: 'offset'; offset: number }
  | { kind: 'signed_out' }
  | { kind: 'failed'; problem: string; retryAfterMs: number | null };

/** Announces the bytes; the server answers where to go on. */
export async function announce(sha256: string, size: number, type: string): Promise<Upload> {
  const body = await jsonBody({ sha256, size, type });
  return upload(size, () => send(PATH, { method: 'POST', ...body, timeoutMs: TIMEOUT_MS }));
}

export function sendChunk(sha256: string, bytes: Blob, offset: number, length: number): Promise<Upload> {
  const headers = { 'Content-Type': 'application/octet-stream', 'Upload-Offset': String(offset) };
  const body = bytes.slice(offset, offset + length);
  return upload(bytes.size, () => send(`${PATH}/${sha256}`, { method: 'PATCH', headers, body, timeoutMs: TIMEOUT_MS }));
}

async function upload(size: number, call: () => Promise<HttpReply>): Promise<Upload> {
  try {
    return progress(size, await call());
  } catch (error) {
    if (error instanceof NoAnswer) return { kind: 'failed', problem: error.problem, retryAfterMs: null };
    throw error;
  }
}

function progress(size: number, reply: HttpReply): Upload {
  const offset = stoppedAt(reply);
  if (reply.status >= 200 && reply.status < 300 && offset !== null) {
    return isComplete(reply, offset, size) ? { kind: 'complete', seq: commitOf(reply) } : { kind: 'offset', offset };
  }
  if (reply.status === 409 && offset !== null) return { kind: 'offset', offset };
  if (reply.status === 401) return { kind: 'signed_out' };
  return { kind: 'failed', problem: errorCode(reply.json) ?? 'portal', retryAfterMs: retryAfterMs(reply.headers) };
}

interface Progress {
  offset?: unknown;
  complete?: unknown;
  seq?: unknown;
  error?: { detail?: { offset?: unknown } };
}

function stoppedAt(reply: HttpReply): number | null {
  const json = (reply.json ?? {}) as Progress;
  const stated = json.offset ?? json.error?.detail?.offset ?? reply.headers.get('upload-offset');
  const offset = Number(stated ?? Number.NaN);
  return Number.isSafeInteger(offset) && offset >= 0 ? offset : null;
}

function commitOf(reply: HttpReply): number | null {
  const { seq } = (reply.json ?? {}) as Progress;
  return Number.isSafeInteger(seq) ? (seq as number) : null;
}

/** The server says "complete" only after it has checked the hash. */
function isComplete(reply: HttpReply, offset: number, size: number): boolean {
  const stated = (reply.json as Progress | undefined)?.complete;
  return stated === undefined ? offset === size : stated === true;
}
