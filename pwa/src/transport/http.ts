/** The only place that calls fetch: one request with a time limit, and what came back in plain words. */

export interface HttpReply {
  status: number;
  headers: Headers;
  /** Parsed only if the answer says it is JSON and is; undefined otherwise (a captive portal speaks HTML). */
  json: unknown;
  blob: Blob | null;
}

/** Nothing came back: no network, or not in time. What became of the request is unknown. */
export class NoAnswer extends Error {
  constructor(readonly problem: 'offline' | 'timeout') {
    super(problem);
  }
}

export interface HttpRequest {
  method: string;
  headers?: Record<string, string>;
  body?: BodyInit | null;
  timeoutMs: number;
  wantsBlob?: boolean;
}

/** Browsers cannot make this header cross-site without asking first. */
const OWN_HEADERS = { 'X-Huizhi': '1', Accept: 'application/json' };

export async function send(path: string, request: HttpRequest): Promise<HttpReply> {
  const signal = AbortSignal.timeout(request.timeoutMs);
  try {
    const response = await fetch(path, {
      method: request.method,
      headers: { ...OWN_HEADERS, ...request.headers },
      body: request.body ?? null,
      signal,
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'manual',
    });
    return await read(response, request.wantsBlob === true);
  } catch {
    throw new NoAnswer(signal.aborted ? 'timeout' : 'offline');
  }
}

async function read(response: Response, wantsBlob: boolean): Promise<HttpReply> {
  const { status, headers } = response;
  const json = isJson(headers.get('content-type'));
  const blob = wantsBlob && (status === 200 || status === 206) && !json ? await response.blob() : null;
  return { status, headers, json: json ? parse(await response.text()) : undefined, blob };
}

export function isJson(type: string | null): boolean {
  return type?.split(';')[0]?.trim() === 'application/json';
}

/** A body that was cut half way is no JSON. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const LONGEST_PAUSE_MS = 3_600_000;

/** `Retry-After` in seconds; the date form is not used by this server. */
export function retryAfterMs(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, LONGEST_PAUSE_MS) : null;
}
