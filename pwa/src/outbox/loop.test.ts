import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { START, step, type Event, type State } from './loop';

const STATES: State[] = [
  { name: 'idle' },
  { name: 'sending', single: false, again: false, attempt: 0, narrow: 0 },
  { name: 'waiting', single: false, attempt: 1, narrow: 0, obey: false },
  { name: 'offline', single: false },
  { name: 'signedOut' },
];
const EVENTS: Event[] = [
  { name: 'work' },
  { name: 'tap' },
  { name: 'timer' },
  { name: 'online' },
  { name: 'offline' },
  { name: 'usable', again: false, quick: true, nextSyncMs: 30_000 },
  { name: 'unusable', timedOut: false, retryAfterMs: null },
  { name: 'refused', alone: false },
  { name: 'signedOut' },
  { name: 'signedIn' },
];
const [idle, sending, waiting, offline, signedOut] = STATES as [State, State, State, State, State];
const next = (state: State, event: Event, random = 0.5) => step(state, event, random);

/** The next state and what is done, for every pair. */
const SPECIFIED: Record<State['name'], Record<Event['name'], string>> = {
  idle: {
    work: 'sending send',
    tap: 'sending send',
    timer: 'sending send',
    online: 'sending send',
    offline: 'offline timer',
    usable: 'idle none',
    unusable: 'idle none',
    refused: 'idle none',
    signedOut: 'signedOut none',
    signedIn: 'sending send',
  },
  sending: {
    work: 'sending none',
    tap: 'sending none',
    timer: 'sending none',
    online: 'sending none',
    offline: 'sending none',
    usable: 'idle timer',
    unusable: 'waiting timer',
    refused: 'sending send',
    signedOut: 'signedOut none',
    signedIn: 'sending none',
  },
  waiting: {
    work: 'waiting none',
    tap: 'sending send',
    timer: 'sending send',
    online: 'sending send',
    offline: 'offline timer',
    usable: 'waiting none',
    unusable: 'waiting none',
    refused: 'waiting none',
    signedOut: 'signedOut none',
    signedIn: 'sending send',
  },
  offline: {
    work: 'offline none',
    tap: 'sending send',
    timer: 'sending send',
    online: 'sending send',
    offline: 'offline none',
    usable: 'offline none',
    unusable: 'offline none',
    refused: 'offline none',
    signedOut: 'signedOut none',
    signedIn: 'sending send',
  },
  signedOut: {
    work: 'signedOut none',
    tap: 'signedOut none',
    timer: 'signedOut none',
    online: 'signedOut none',
    offline: 'signedOut none',
    usable: 'signedOut none',
    unusable: 'signedOut none',
    refused: 'signedOut none',
    signedOut: 'signedOut none',
    signedIn: 'sending send',
  },
};

describe('every state and event', () => {
  const pairs = STATES.flatMap((state) => EVENTS.map((event) => ({ state, event })));

  it.each(pairs)('$state.name + $event.name is specified', ({ state, event }) => {
    const result = next(state, event);
    expect(`${result.state.name} ${result.effect.name}`).toBe(SPECIFIED[state.name][event.name]);
  });

  it('sends exactly when the loop is in the state sending', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS)), (events) => {
        let state: State = START;
        for (const event of events) {
          const result = next(state, event);
          if (result.effect.name === 'send') expect(result.state.name).toBe('sending');
          if (result.state.name === 'idle' && state.name !== 'idle') expect(result.effect.name).toBe('timer');
          state = result.state;
        }
      }),
    );
  });

  it('comes out of every state within two events', () => {
    for (const state of STATES) {
      const results = EVENTS.flatMap((a) => EVENTS.map((b) => next(next(state, a).state, b).state.name));
      expect(results).toContain('sending');
    }
  });
});

describe('pace', () => {
  it('rests as long as the server says when nothing is left', () => {
    expect(next(sending, EVENTS[5] as Event).effect).toEqual({ name: 'timer', ms: 30_000 });
  });

  it('goes on at once while there is more', () => {
    expect(next(sending, { name: 'usable', again: true, quick: true, nextSyncMs: 30_000 }).effect.name).toBe('send');
  });

  it('sends work that came during a request right after it', () => {
    const busy = next(sending, { name: 'work' }).state;
    expect(next(busy, EVENTS[5] as Event).effect.name).toBe('send');
  });

  it('never repeats a failed request at once', () => {
    const result = next(sending, { name: 'unusable', timedOut: false, retryAfterMs: null }, 0);
    expect(result.effect).toMatchObject({ name: 'timer' });
    expect((result.effect as { ms: number }).ms).toBeGreaterThan(0);
  });

  it('waits longer after each failure, with full jitter, up to five minutes', () => {
    const delays = [0, 3, 6, 30].map((attempt) => {
      const state: State = { name: 'sending', single: false, again: false, attempt, narrow: 0 };
      return (next(state, { name: 'unusable', timedOut: false, retryAfterMs: null }, 0.999).effect as { ms: number })
        .ms;
    });
    expect(delays).toEqual([2998, 16_984, 128_872, 300_700]);
  });

  it('gives whatever was too slow at least five seconds', () => {
    const late = next(sending, { name: 'unusable', timedOut: true, retryAfterMs: null }, 0);
    expect(late.effect).toEqual({ name: 'timer', ms: 5_000 });
  });

  it('asks for less after each answer that did not come in time, until everything is through', () => {
    const late: Event = { name: 'unusable', timedOut: true, retryAfterMs: null };
    const again = next(next(sending, late).state, { name: 'timer' });
    expect(again.effect).toMatchObject({ name: 'send', narrow: 1 });
    const page = next(again.state, { name: 'usable', again: true, quick: false, nextSyncMs: 1 });
    expect(page.effect).toMatchObject({ name: 'send', narrow: 1 });
    const rest = next(page.state, EVENTS[5] as Event).state;
    expect(next(rest, { name: 'timer' }).effect).toMatchObject({ name: 'send', narrow: 0 });
  });

  it('asks for more again as soon as answers come quickly', () => {
    let state: State = { name: 'sending', single: false, again: false, attempt: 0, narrow: 2 };
    const asked: number[] = [];
    for (const quick of [true, false, true, true]) {
      const step = next(state, { name: 'usable', again: true, quick, nextSyncMs: 1 });
      if (step.effect.name === 'send') asked.push(step.effect.narrow);
      state = step.state;
    }
    expect(asked).toEqual([1, 1, 0, 0]);
  });

  it('is never so narrow that a good link takes long to undo it', () => {
    let state: State = { name: 'sending', single: false, again: false, attempt: 0, narrow: 0 };
    for (let failure = 0; failure < 20; failure++) {
      const waiting = next(state, { name: 'unusable', timedOut: true, retryAfterMs: null });
      state = next(waiting.state, { name: 'timer' }).state;
    }
    expect(state).toMatchObject({ name: 'sending', narrow: 4 });
  });

  it('does not ask for less because there was no network', () => {
    const cut = next(sending, { name: 'unusable', timedOut: false, retryAfterMs: null });
    expect(next(cut.state, { name: 'timer' }).effect).toMatchObject({ narrow: 0 });
  });

  it('does not let new work shorten the wait', () => {
    expect(next(waiting, { name: 'work' }).effect.name).toBe('none');
  });

  it('obeys the time the server named, even against a tap', () => {
    const busy = next(sending, { name: 'unusable', timedOut: false, retryAfterMs: 60_000 });
    expect((busy.effect as { ms: number }).ms).toBeGreaterThanOrEqual(60_000);
    expect(next(busy.state, { name: 'tap' }).effect.name).toBe('none');
  });
});

describe('a refused request', () => {
  it('is sent again one group at a time until the outbox is through', () => {
    const alone = next(sending, { name: 'refused', alone: false });
    expect(alone.effect).toMatchObject({ name: 'send', single: true });
    const through = next(alone.state, { name: 'usable', again: true, quick: false, nextSyncMs: 1 });
    expect(through.effect).toMatchObject({ name: 'send', single: true });
    const done = next(through.state, EVENTS[5] as Event).state;
    expect(next(done, { name: 'work' }).effect).toMatchObject({ name: 'send', single: false });
  });
});

describe('signed out', () => {
  it('stops sending and nothing else starts it than a sign-in', () => {
    const state = next(sending, { name: 'signedOut' }).state;
    const others = EVENTS.filter((event) => event.name !== 'signedIn');
    for (const event of others) expect(next(state, event).effect.name).toBe('none');
    expect(next(signedOut, { name: 'signedIn' }).effect.name).toBe('send');
  });
});

describe('offline', () => {
  it('looks again now and then, since devices are wrong about it', () => {
    expect(next(idle, { name: 'offline' }).effect.name).toBe('timer');
    expect(next(offline, { name: 'timer' }).effect.name).toBe('send');
  });
});
