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
import { backoff, type Failure } from './backoff';
import { NARROWEST } from './request';

export type State =
  /** Everything was exchanged; the timer of the server's pace runs. */
  | { name: 'idle' }
  /**
   * One request is under way. `again`: new work came meanwhile. `single`: one group at a time after a 400 or 413.
   * `narrow`: how often less was asked for, because an answer did not come in time.
   */
  | { name: 'sending'; single: boolean; again: boolean; attempt: number; narrow: number }
  /** The last exchange failed; `obey`: the server named the time, so not even a person shortens it. */
  | { name: 'waiting'; single: boolean; attempt: number; narrow: number; obey: boolean }
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
  | { name: 'usable'; again: boolean; quick: boolean; nextSyncMs: number }
  | ({ name: 'unusable' } & Failure)
  /** 400 or 413. `alone`: the request held one group only, which is now set aside. */
  | { name: 'refused'; alone: boolean }
  | { name: 'signedOut' }
  | { name: 'signedIn' };

export type Effect =
  { name: 'send'; single: boolean; narrow: number } | { name: 'timer'; ms: number } | { name: 'none' };
export interface Step {
  state: State;
  effect: Effect;
}

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
const send = (single = false, attempt = 0, narrow = 0): Step => ({
  state: { name: 'sending', single, again: false, attempt, narrow },
  effect: { name: 'send', single, narrow },
});
const goOffline = (single: boolean): Step => ({
  state: { name: 'offline', single },
  effect: { name: 'timer', ms: OFFLINE_CHECK_MS },
});
const signOut = (): Step => stay({ name: 'signedOut' });

function rest(nextSyncMs: number): Step {
  return { state: { name: 'idle' }, effect: { name: 'timer', ms: nextSyncMs } };
}

function wait(state: Named<State, 'sending'>, failure: Failure, random: number): Step {
  const { single, attempt } = state;
  const narrow = Math.min(state.narrow + (failure.timedOut ? 1 : 0), NARROWEST);
  return {
    state: { name: 'waiting', single, attempt: attempt + 1, narrow, obey: failure.retryAfterMs !== null },
    effect: { name: 'timer', ms: backoff(attempt, failure, random) },
  };
}

const goOn = ({ single, attempt, narrow }: Named<State, 'waiting'>): Step => send(single, attempt, narrow);

/** Pages and work that are left go on as narrow as they got through, and wider as soon as the link proves quick. */
function proceed(state: Named<State, 'sending'>, event: Named<Event, 'usable'>): Step {
  if (!event.again && !state.again) return rest(event.nextSyncMs);
  return send(state.single && event.again, 0, event.quick ? Math.max(0, state.narrow - 1) : state.narrow);
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
    usable: proceed,
    unusable: wait,
    refused: (state, event) => send(event.alone ? state.single : true, 0, state.narrow),
    signedOut: signOut,
    signedIn: (state) => stay({ ...state, again: true }),
  },
  waiting: {
    work: stay,
    tap: (state) => (state.obey ? stay(state) : goOn(state)),
    timer: goOn,
    online: (state) => (state.obey ? stay(state) : goOn(state)),
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
