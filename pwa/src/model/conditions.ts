/** Evaluates the guards, which are data: what of a condition is still unmet for an order and its records. */
import * as checklist from './checklist';
import { given, of, type Data, type Family } from './family';
import { quotationStatus } from './quotation';
import { reportStatus } from './report';

export type Condition = Record<string, unknown>;

/** One thing that is missing: the kind of condition and what it looks at. */
export interface Gap {
  kind: string;
  target: string;
}

type Evaluate = (argument: never, data: Data, family: Family) => Gap[];

export function holds(condition: Condition, data: Data, family: Family): boolean {
  return gaps(condition, data, family).length === 0;
}

export function gaps(condition: Condition, data: Data, family: Family): Gap[] {
  const [kind, argument] = Object.entries(condition)[0] as [string, never];
  return (KINDS[kind] as Evaluate)(argument, data, family);
}

const KINDS: Record<string, Evaluate> = {
  set: (field: string, data) => unless(given(data[field]), 'set', field),
  in: ([field, values]: [string, unknown[]], data) => unless(values.includes(data[field]), 'in', field),
  equals: ([field, value]: [string, unknown], data) => unless(data[field] === value, 'equals', field),
  all: (conditions: Condition[], data, family) => conditions.flatMap((one) => gaps(one, data, family)),
  any: (conditions: Condition[], data, family) => firstUnlessOneHolds(conditions.map((one) => gaps(one, data, family))),
  not: (condition: Condition, data, family) =>
    unless(!holds(condition, data, family), 'not', Object.keys(condition)[0] as string),
  has: ({ type, where = { all: [] } }: { type: string; where?: Condition }, _, family) =>
    unless(
      of(family, type).some((record) => holds(where, record.data, family)),
      'has',
      type,
    ),
  every: ({ type, holds: wanted }: { type: string; holds: Condition }, _, family) =>
    of(family, type).flatMap((record) => unless(holds(wanted, record.data, family), 'every', record.id)),
  checklist: (argument: Record<string, string>, _, family) =>
    asked(argument, family).map((target) => ({ kind: 'checklist', target })),
  quotation: (wanted: string[], _, family) => {
    const status = quotationStatus(of(family, 'quotation'), of(family, 'consent'), of(family, 'signature'));
    return unless(wanted.includes(status), 'quotation', status);
  },
  report: (wanted: string[], _, family) => {
    const status = reportStatus(of(family, 'report'), of(family, 'review'));
    return unless(wanted.includes(status), 'report', status);
  },
};

function unless(met: boolean, kind: string, target: string): Gap[] {
  return met ? [] : [{ kind, target }];
}

/** Nothing if one alternative holds, else what the first, the usual one, lacks. */
function firstUnlessOneHolds(unmet: Gap[][]): Gap[] {
  return unmet.every((one) => one.length > 0) ? (unmet[0] ?? []) : [];
}

function asked(argument: Record<string, string>, family: Family): string[] {
  const [question, phase] = Object.entries(argument)[0] as [string, string];
  const lists = of(family, 'checklist');
  if (question === 'answered') return checklist.unanswered(lists, phase);
  if (question === 'passed') return [...checklist.unanswered(lists, phase), ...checklist.failed(lists, phase)];
  if (question === 'started') return checklist.notStarted(lists, phase);
  if (question === 'found') return checklist.withoutFinding(lists, of(family, 'finding'));
  return checklist.incomplete(lists, of(family, 'photo'));
}
