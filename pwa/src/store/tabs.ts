/** Several tabs, one user: locks decide who sends, a channel is only a hint to look at the database again. */
import type { Write } from '../outbox/tables';
import type { Activity } from './activity';

export type Hint =
  /** Writes that led to `revision`; bytes left out. */
  | { name: 'written'; writes: Write[]; revision: number }
  | { name: 'activity'; activity: Activity }
  | { name: 'tap' }
  /** Somebody signed in or out on this device. */
  | { name: 'user'; id: string | null };

export interface Channel {
  post(hint: Hint): void;
  close(): void;
}

export function openChannel(name: string, hear: (hint: Hint) => void): Channel {
  const channel = new BroadcastChannel(`huizhi-${name}`);
  channel.onmessage = (event: MessageEvent<Hint>) => hear(event.data);
  return { post: (hint) => channel.postMessage(hint), close: () => channel.close() };
}

/** Runs `lead` in one tab at a time, until the signal ends it. */
export function leadAlone(user: string, signal: AbortSignal, lead: () => void): void {
  const untilEnd = () => {
    lead();
    return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  };
  navigator.locks.request(`huizhi-sync-${user}`, { signal }, untilEnd).catch(() => {});
}

/** While an exchange runs the session's user cannot change under it: signing in waits, and the other way round. */
export function withSession<T>(mode: 'shared' | 'exclusive', work: () => Promise<T>): Promise<T> {
  return navigator.locks.request('huizhi-session', { mode }, work) as Promise<T>;
}
