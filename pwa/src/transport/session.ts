/** Signing in and out; the cookie itself is out of the reach of scripts. */
import { errorCode } from '../outbox/classify';
import { type HttpReply, NoAnswer, retryAfterMs, send } from './http';
import { jsonBody } from './json';

export interface Session {
  user: { id: string; name: string; roles: string[]; branch: string | null };
  device: string;
  expires: string;
}

export type SignedIn = { session: Session } | { problem: string; retryAfterMs: number | null };

const PATH = '/api/v1/session';
const TIMEOUT_MS = 20_000;

export async function signIn(username: string, password: string, device: DeviceName): Promise<SignedIn> {
  const body = await jsonBody({ username, password, device });
  return asSession(() => send(PATH, { method: 'POST', ...body, timeoutMs: TIMEOUT_MS }));
}

export interface DeviceName {
  id: string | null;
  name: string;
}

/** Who the cookie of this browser belongs to. */
export function currentSession(): Promise<SignedIn> {
  return asSession(() => send(PATH, { method: 'GET', timeoutMs: TIMEOUT_MS }));
}

/** True once the server no longer takes this session. */
export async function endSession(): Promise<boolean> {
  try {
    const { status } = await send(PATH, { method: 'DELETE', timeoutMs: TIMEOUT_MS });
    return status === 204 || status === 200 || status === 401;
  } catch {
    return false;
  }
}

async function asSession(call: () => Promise<HttpReply>): Promise<SignedIn> {
  try {
    const reply = await call();
    if (reply.status === 200 && isSession(reply.json)) return { session: reply.json };
    return { problem: errorCode(reply.json) ?? 'portal', retryAfterMs: retryAfterMs(reply.headers) };
  } catch (error) {
    if (error instanceof NoAnswer) return { problem: error.problem, retryAfterMs: null };
    throw error;
  }
}

function isSession(json: unknown): json is Session {
  const session = json as Partial<Session> | null | undefined;
  return typeof session?.user?.id === 'string' && typeof session.device === 'string';
}
