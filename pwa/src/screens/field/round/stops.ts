/** A round as its screens read it: where it stops, how far each machine is, what failed and was not decided yet. */

import type { Asset, Checklist, ChecklistItem, Finding, WorkOrder } from '../../../model/records';
import { answerOf } from '../../../store/actions/checklist';
import type { Shown } from '../../../store/types';
import { asked, isComplete } from '../checklist/answers';
import type { Visit } from '../visit';

type Round = Pick<Visit, 'order' | 'machines' | 'checklists' | 'photos' | 'findings'>;

/** One machine with its checklist. */
export interface Stop {
  checklist: Shown<Checklist>;
  machine: string;
  position: string;
  done: number;
  total: number;
  failed: number;
  skipped: string | null;
  complete: boolean;
}

/** An item of a round that failed or once did, and what becomes of it once somebody said so. */
export interface Failure {
  checklist: Shown<Checklist>;
  item: ChecklistItem;
  machine: string;
  finding: Shown<Finding> | null;
}

export function machineName(asset: Shown<Asset> | undefined): string {
  return [asset?.data.number, asset?.data.model].filter(Boolean).join(' · ');
}

/** The machines in the order of the route. */
export function stopsOf(round: Round): Stop[] {
  return byRoute(round.order.data, round.checklists).map((list) => stop(round, list));
}

/** Checklists in the order of the machines they belong to; others follow. */
export function byRoute({ assets }: WorkOrder, checklists: Shown<Checklist>[]): Shown<Checklist>[] {
  const route = assets ?? [];
  const place = ({ data }: Shown<Checklist>) => (data.asset ? route.indexOf(data.asset) : route.length);
  return [...checklists].sort((one, other) => place(one) - place(other));
}

/** The machine to go on with after this one; null when none is open. */
export function following(round: Round, checklist: string): Stop | null {
  const stops = stopsOf(round);
  const at = stops.findIndex((one) => one.checklist.id === checklist);
  const after = [...stops.slice(at + 1), ...stops.slice(0, Math.max(at, 0))];
  return after.find((one) => !one.complete) ?? null;
}

export function failuresOf(round: Round): Failure[] {
  return stopsOf(round).flatMap(({ checklist, machine, skipped }) =>
    skipped
      ? []
      : checklist.data.items
          .map((item) => ({ checklist, item, machine, finding: findingOf(round.findings, checklist.id, item.id) }))
          .filter(({ item, finding }) => finding || answerOf(checklist, item.id)?.result === 'fail'),
  );
}

/** The last word on one failed item. */
export function findingOf(findings: Shown<Finding>[], checklist: string, item: string): Shown<Finding> | null {
  return findings.findLast(({ data }) => data.checklist === checklist && data.item === item) ?? null;
}

function stop(round: Round, checklist: Shown<Checklist>): Stop {
  const machine = round.machines.find((one) => one.id === checklist.data.asset);
  const items = asked(checklist);
  const pictured = (item: ChecklistItem) =>
    round.photos.some(({ data }) => data.checklist === checklist.id && data.item === item.id);
  const done = items.filter((item) => isComplete(item, answerOf(checklist, item.id), pictured(item))).length;
  const skipped = checklist.data.skipped_because ?? null;
  return {
    checklist,
    machine: machineName(machine),
    position: machine?.data.position ?? '',
    done,
    total: items.length,
    failed: items.filter((item) => answerOf(checklist, item.id)?.result === 'fail').length,
    skipped,
    complete: skipped !== null || done === items.length,
  };
}
