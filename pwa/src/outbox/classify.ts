/** Whether an answer may be believed: a captive portal, a late answer or a broken one changes nothing. */
import type { Answer, Row, SyncRequest, SyncResponse } from './operation';
import type { Tables } from './tables';

/** What the transport brought back, whoever sent it. */
export type Reply =
  | { arrived: false; problem: 'offline' | 'timeout' }
  | { arrived: true; status: number; json: unknown; retryAfterMs: number | null };

export type Classified =
  | { kind: 'usable'; response: SyncResponse }
  | { kind: 'unusable'; problem: Problem; retryAfterMs: number | null }
  | { kind: 'refused'; code: string }
  | { kind: 'signed_out' };

export type Problem = 'offline' | 'timeout' | 'portal' | 'stale' | 'busy' | 'server_error' | 'protocol';

/** `latest` is the id of the newest request sent; `sent` the request this reply came back for. */
export function classify(sent: SyncRequest, latest: string, reply: Reply, tables: Tables): Classified {
  if (!reply.arrived) return unusable(reply.problem);
  if (reply.status !== 200) return classifyFailure(reply.status, reply.json, reply.retryAfterMs);
  const response = asResponse(reply.json);
  if (response === null) return unusable('portal');
  if (response.protocol !== sent.protocol) return unusable('protocol');
  if (response.request !== sent.request || sent.request !== latest) return unusable('stale');
  if (!cursorStillSent(sent, tables) || !epochMatches(sent, response)) return unusable('stale');
  if (!answersOnlyWhatWasSent(sent, response)) return unusable('stale');
  return { kind: 'usable', response };
}

function classifyFailure(status: number, json: unknown, retryAfterMs: number | null): Classified {
  const code = errorCode(json);
  if (status === 413) return { kind: 'refused', code: code ?? 'too_large' };
  if (status === 429 || status === 503) return unusable('busy', retryAfterMs);
  if (code === null) return unusable(status >= 500 && status !== 511 ? 'server_error' : 'portal');
  if (status === 401) return { kind: 'signed_out' };
  if (status === 400 && code === 'bad_envelope') return { kind: 'refused', code };
  return unusable('server_error', retryAfterMs);
}

function unusable(problem: Problem, retryAfterMs: number | null = null): Classified {
  return { kind: 'unusable', problem, retryAfterMs };
}

/** The code of our own error shape, or null: then some box on the way answered. */
export function errorCode(json: unknown): string | null {
  const error = isObject(json) ? json.error : null;
  return isObject(error) && typeof error.code === 'string' ? error.code : null;
}

function cursorStillSent(sent: SyncRequest, tables: Tables): boolean {
  const { cursor, shadow } = tables.meta;
  return (shadow?.cursor ?? cursor) === sent.cursor;
}

function epochMatches(sent: SyncRequest, response: SyncResponse): boolean {
  return response.reset !== null || sent.epoch === null || response.epoch === sent.epoch;
}

function answersOnlyWhatWasSent(sent: SyncRequest, response: SyncResponse): boolean {
  const known = new Set(sent.operations.map((operation) => operation.id));
  return response.answers.every((answer) => known.has(answer.id));
}

function asResponse(json: unknown): SyncResponse | null {
  return isObject(json) && hasShape(json) ? (json as unknown as SyncResponse) : null;
}

const SHAPE: Record<keyof SyncResponse, (value: unknown) => boolean> = {
  protocol: Number.isSafeInteger,
  request: isText,
  epoch: isText,
  now: (value) => isText(value) && !Number.isNaN(Date.parse(value as string)),
  next_sync_ms: isNatural,
  answers: (value) => isListOf(value, isAnswer),
  left: (value) => isListOf(value, (item) => isText(item.root)),
  entered: (value) => Array.isArray(value) && value.every(isText),
  changes: (value) => isListOf(value, isRow),
  want: (value) => Array.isArray(value) && value.every(isText),
  through: isNatural,
  safe: isNatural,
  cursor: isText,
  more: (value) => typeof value === 'boolean',
  reset: (value) => value === null || isText(value),
};

function hasShape(json: Record<string, unknown>): boolean {
  return Object.entries(SHAPE).every(([name, holds]) => holds(json[name]));
}

function isAnswer(item: Record<string, unknown>): boolean {
  const verdict = item.verdict as Answer['verdict'];
  const judged = ['applied', 'conflicted', 'parked'].includes(verdict ?? '') && isNatural(item.seq);
  return isText(item.id) && (judged || (verdict === undefined && isText(item.held)));
}

function isRow(item: Record<string, unknown>): boolean {
  const named = isText(item.type) && isText(item.id) && isText(item.root);
  return named && (item.gone === true || (isNatural(item.version) && isObject(item.data as Row['data'])));
}

function isListOf(value: unknown, holds: (item: Record<string, unknown>) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isObject(item) && holds(item));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isNatural(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
