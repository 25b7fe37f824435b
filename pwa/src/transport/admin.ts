/** Accounts, devices and tokens: the few things an administrator does that need the server at once. */
import { errorCode } from '../outbox/classify';
import { NoAnswer, send } from './http';
import { jsonBody } from './json';

const TIMEOUT_MS = 20_000;

export interface DeviceEntry {
  id: string;
  name: string;
  created_at: number;
  seen_at: number;
  revoked_at: number | null;
  users: string[];
  /** numbers that came twice: the device's content was copied, or set back */
  copies: number;
  copied_at: number | null;
  /** numbers that have not arrived */
  missing: number;
  clock_offset_ms: number | null;
}

export interface NewAccount {
  username: string;
  name: string;
  roles: string[];
  branch: string;
  password: string;
}

/** What the server said no to, by its code in the catalogue; `offline` or `timeout` if it said nothing. */
export class AdminError extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'AdminError';
  }
}

export async function addUser(account: NewAccount): Promise<void> {
  await ask('POST', '/api/v1/users', account);
}

export async function setPassword(user: string, password: string): Promise<void> {
  await ask('POST', `/api/v1/users/${user}/password`, { password });
}

export async function setActive(user: string, active: boolean): Promise<void> {
  await ask('POST', `/api/v1/users/${user}/${active ? 'enable' : 'disable'}`);
}

export async function devices(): Promise<DeviceEntry[]> {
  return (await ask('GET', '/api/v1/devices')) as DeviceEntry[];
}

export async function revokeDevice(device: string): Promise<void> {
  await ask('DELETE', `/api/v1/devices/${device}`);
}

/** The only time the token can be read. */
export async function makeToken(user: string, name: string): Promise<string> {
  return ((await ask('POST', '/api/v1/tokens', { user, name })) as { token: string }).token;
}

/** A question to the server that only some may ask. */
export async function ask(method: string, path: string, value?: unknown): Promise<unknown> {
  try {
    const body = value === undefined ? {} : await jsonBody(value);
    const reply = await send(path, { method, ...body, timeoutMs: TIMEOUT_MS });
    if (reply.status >= 200 && reply.status < 300) return reply.json;
    throw new AdminError(errorCode(reply.json) ?? 'portal');
  } catch (error) {
    if (error instanceof NoAnswer) throw new AdminError(error.problem);
    throw error;
  }
}
