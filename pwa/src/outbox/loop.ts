/**
 * When to send: a closed set of states, a closed set of events, and every pair of them written down.
 *
 *            wake, timer, online            usable, nothing left
 *     idle ----------------------> sending ----------------------> idle
 *       ^                          |  |  ^ usable, more to do
 *       |            unusable      |  +--+
 *       |  waiting <---------------+        401
 *       |     | timer, online, tap +----------------> signedOut --- signedIn ---> sending
 *       +-----+
 *
 * Reading and capturing never depend on this machine.
 */

export type State =
  /** Everything was exchanged; the timer of the server's pace runs. */
  | { name: 'idle' }
  /** One request is under way. `again`: new work came meanwhile. `single`: one group at a time after a 400 or 413. */
  | { name: 'sending'; single: boolean; again: boolean; attempt: number }
  /** The last exchange failed; `obey`: the server named the time, so not even a person shortens it. */
  | { name: 'waiting'; single: boolean; attempt: number; obey: boolean }
  /** The device says it has no network. */
  | { name: 'offline'; single: boolean }
  /** The session ended: sending stops until somebody signs in. */
  | { name: 'signedOut' };

export type Event =
  /** New work was saved. */
  | { name: 'work' }
  /** A person asks, or looks at the app again. */
  | { name: 'tap' }
  | { name: 'timer' }
  | { name: 'online' }
  | { name: 'offline' }
  /** `again`: more pages, or more work that can be sent with effect. */
  | { name: 'usable'; again: boolean; nextSyncMs: number }
  | { name: 'unusable'; retryAfterMs: number | null }
  /** 400 or 413. `alone`: the request held one group only, which is now set aside. */
  | { name: 'refused'; alone: boolean }
  | { name: 'signedOut' }
  | { name: 'signedIn' };

export type Effect = { name: 'send'; single: boolean } | { name: 'timer'; ms: number } | { name: 'none' };
export interface Step {
  state: State;
  effect: Effect;
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 5 * 60_000;
const OFFLINE_CHECK_MS = 60_000;

export const START: State = { name: 'idle' };

/** `random` is in [0, 1). */
export function step(state: State, event: Event, random: number): Step {
  const row = TABLE[state.name] as Row<State>;
  const handle = row[event.name] as Handler<State, Event>;
  return handle(state, event, random);
}

type Named<U extends { name: string }, N extends U['name']> = Extract<U, { name: N }>;
type Handler<S, E> = (state: S, event: E, random: number) => Step;
type Row<S> = { [N in Event['name']]: Handler<S, Named<Event, N>> };
type Table = { [N in State['name']]: Row<Named<State, N>> };

const stay = (state: State): Step => ({ state, effect: { name: 'none' } });
const send = (single = false, attempt = 0): Step => ({
  state: { name: 'sending', single, again: false, attempt },
  effect: { name: 'send', single },
});
const goOffline = (single: boolean): Step => ({
  state: { name: 'offline', single },
  effect: { name: 'timer', ms: OFFLINE_CHECK_MS },
});
const signOut = (): Step => stay({ name: 'signedOut' });

function rest(nextSyncMs: number): Step {
  return { state: { name: 'idle' }, effect: { name: 'timer', ms: nextSyncMs } };
}

/** Exponential with full jitter; a time named by the server is kept and spread. */
function wait(single: boolean, attempt: number, retryAfterMs: number | null, random: number): Step {
  const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 20));
  const ms = (retryAfterMs ?? FIRST_DELAY_MS / 2) + Math.floor(random * ceiling);
  return {
    state: { name: 'waiting', single, attempt: attempt + 1, obey: retryAfterMs !== null },
    effect: { name: 'timer', ms },
  };
}

const TABLE: Table = {
  idle: {
    work: () => send(),
    tap: () => send(),
    timer: () => send(),
    online: () => send(),
    offline: () => goOffline(false),
    usable: stay,
    unusable: stay,
    refused: stay,
    signedOut: signOut,
    signedIn: () => send(),
  },
  sending: {
    work: (state) => stay({ ...state, again: true }),
    tap: (state) => stay({ ...state, again: true }),
    timer: stay,
    online: stay,
    offline: stay,
    usable: (state, event) => (event.again || state.again ? send(state.single && event.again) : rest(event.nextSyncMs)),
    unusable: (state, event, random) => wait(state.single, state.attempt, event.retryAfterMs, random),
    refused: (state, event) => send(event.alone ? state.single : true),
    signedOut: signOut,
    signedIn: (state) => stay({ ...state, again: true }),
  },
  waiting: {
    work: stay,
    tap: (state) => (state.obey ? stay(state) : send(state.single, state.attempt)),
    timer: (state) => send(state.single, state.attempt),
    online: (state) => (state.obey ? stay(state) : send(state.single, state.attempt)),
    offline: (state) => goOffline(state.single),
    usable: stay,
    unusable: stay,
    refused: stay,
    signedOut: signOut,
    signedIn: (state) => send(state.single),
  },
  offline: {
    work: stay,
    tap: (state) => send(state.single),
    timer: (state) => send(state.single),
    online: (state) => send(state.single),
    offline: stay,
    usable: stay,
    unusable: stay,
    refused: stay,
    signedOut: signOut,
    signedIn: (state) => send(state.single),
  },
  signedOut: {
    work: stay,
    tap: stay,
    timer: stay,
    online: stay,
    offline: stay,
    usable: stay,
    unusable: stay,
    refused: stay,
    signedOut: stay,
    signedIn: () => send(),
  },
};
