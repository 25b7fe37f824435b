import { describe, expect, it } from 'vitest';

import { model } from '../../model/exported';
import { isWorking, LADDER, nextStep, stepsTaken } from './steps';

describe('the big button', () => {
  it('leads from dispatched to finished in five steps', () => {
    const states = ['dispatched', 'accepted', 'departed', 'arrived', 'diagnosing'];
    expect(states.map((state) => nextStep(state))).toEqual([...LADDER]);
  });

  it('offers only steps an engineer may take, in every state', () => {
    const tapped = new Set(
      model.machine.transitions.filter(({ by }) => by.includes('engineer')).map(({ name }) => name),
    );
    const offered = model.machine.states.map((state) => nextStep(state)).filter((step) => step !== null);
    expect(offered.filter((step) => !tapped.has(step))).toEqual([]);
  });

  it('is gone once the report is handed in', () => {
    expect(['reported', 'in_review', 'archived', 'cancelled'].map((state) => nextStep(state))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('the ladder', () => {
  it('counts the steps behind the order', () => {
    expect(['dispatched', 'arrived', 'repairing', 'in_review'].map((state) => stepsTaken(state))).toEqual([0, 3, 4, 5]);
  });

  it('shows work as under way until the report, a refusal included', () => {
    expect(['diagnosing', 'refused', 'settled', 'reported', 'accepted'].map(isWorking)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('the next step of a round', () => {
  it('is to begin, wherever on the way it stands, and then to finish', () => {
    const steps = ['dispatched', 'accepted', 'arrived', 'diagnosing', 'settled', 'in_review'];
    expect(steps.map((state) => nextStep(state, true))).toEqual([
      ...['inspect', 'inspect', 'inspect'],
      ...['finish', 'finish', null],
    ]);
    expect(steps.map((state) => stepsTaken(state, true))).toEqual([0, 0, 0, 1, 1, 2]);
  });
});
