/** What the customer is shown, as plain words and whole numbers: the page is drawn from it and the statement binds it. */

import { answerWords, label, words } from '../../../i18n/labels';
import { agreed, totalOf } from '../../../model/quotation';
import type { Finding, Quotation } from '../../../model/records';
import { isRound } from '../../../model/round';
import { answerOf } from '../../../store/actions/checklist';
import type { Shown } from '../../../store/types';
import { newest } from '../quote';
import { failuresOf, stopsOf } from '../round/stops';
import type { Visit } from '../visit';

export type Document = 'acceptance' | 'quotation';

export interface Line {
  name: string;
  unit: string;
  price: number;
  quantity: string;
  amount: number;
}

export interface Offer {
  id: string;
  number: number;
  hash: string;
  currency: string;
  lines: Line[];
  total: number;
}

export interface Checked {
  label: string;
  result: string;
  words: string;
  value: string;
  note: string;
}

export interface Content {
  title: string;
  customer: string;
  site: string;
  machine: string;
  payer: string;
  fault: string;
  diagnosis: string;
  work_done: string;
  result: string;
  checklists: { name: string; items: Checked[] }[];
  parts: { name: string; quantity: number; old_part: string }[];
  photos: { slot: string; words: string; sha256: string }[];
  /** machines of a round that nobody could inspect */
  skipped: { machine: string; reason: string }[];
  findings: { machine: string; label: string; severity: string; action: string; words: string }[];
  offer: Offer | null;
}

const PICTURED = new Set(['before', 'after']);

export function contentOf(visit: Visit, document: Document): Content {
  const { title, entitlement, fault, diagnosis, work_done } = visit.order.data;
  const asset = visit.asset?.data;
  const base = {
    title,
    customer: visit.customer?.data.name ?? '',
    site: visit.site?.data.name ?? '',
    machine: [asset?.number, asset?.maker, asset?.model].filter(Boolean).join(' '),
    payer: label('entitlement', entitlement),
    fault: fault ?? '',
    diagnosis: diagnosis ?? '',
  };
  if (isRound(visit.order.data)) return roundContent(visit);
  if (document === 'quotation') return { ...base, ...NOTHING_DONE, offer: offerOf(newest(visit)) };
  return { ...base, work_done: work_done ?? '', ...done(visit), offer: offerOf(consented(visit)) };
}

const NOTHING_DONE = { work_done: '', result: '', checklists: [], parts: [], photos: [], skipped: [], findings: [] };

/** What the customer's engineer signs with: every machine with its values, what was left out, what was found. */
function roundContent(visit: Visit): Content {
  const stops = stopsOf(visit);
  return {
    title: visit.order.data.title,
    customer: visit.customer?.data.name ?? '',
    site: visit.site?.data.name ?? '',
    machine: stops.map(({ machine }) => machine).join(', '),
    ...{ payer: '', fault: '', diagnosis: '' },
    work_done: visit.order.data.work_done ?? '',
    ...done(visit),
    result: '',
    checklists: stops
      .filter(({ skipped }) => !skipped)
      .map(({ checklist, machine }) => ({
        ...answered(checklist),
        name: `${machine} · ${words(checklist.data.name)}`,
      })),
    skipped: stops.flatMap(({ machine, skipped }) => (skipped ? [{ machine, reason: skipped }] : [])),
    findings: failuresOf(visit).flatMap(({ machine, item, finding }) =>
      finding ? [told(machine, words(item.label), finding.data)] : [],
    ),
    offer: null,
  };
}

function told(machine: string, item: string, finding: Finding) {
  const action = [label('finding_action', finding.action), label('finding_advice', finding.advice)];
  return {
    machine,
    label: item,
    severity: label('finding_severity', finding.severity),
    action: action.filter(Boolean).join(' · '),
    words: finding.description,
  };
}

function done(visit: Visit) {
  return {
    skipped: [],
    findings: [],
    result: label('report_result', visit.reports.at(-1)?.data.result),
    checklists: visit.checklists.map(answered).filter(({ items }) => items.length > 0),
    parts: visit.parts.map(({ data }) => ({
      name: data.name,
      quantity: data.quantity,
      old_part: label('disposition', data.disposition),
    })),
    photos: visit.photos
      .filter(({ data }) => PICTURED.has(data.slot))
      .map(({ data }) => ({ slot: data.slot, words: label('photo_slot', data.slot), sha256: data.sha256 })),
  };
}

function answered(checklist: Visit['checklists'][number]) {
  const items = checklist.data.items.flatMap((item) => {
    const answer = answerOf(checklist, item.id);
    return answer ? [checked(item, answer)] : [];
  });
  return { name: words(checklist.data.name), items };
}

type Item = Visit['checklists'][number]['data']['items'][number];
type Given = NonNullable<ReturnType<typeof answerOf>>;

function checked(item: Item, answer: Given): Checked {
  return {
    label: words(item.label),
    result: answer.result ?? '',
    words: label('answer_result', answer.result),
    value: answer.value ? [answerWords(item, answer.value), item.unit].filter(Boolean).join(' ') : '',
    note: answer.note ?? answer.reason ?? '',
  };
}

function consented(visit: Visit): Shown<Quotation> | undefined {
  const found = agreed(visit.quotations, visit.consents, visit.signatures);
  return visit.quotations.find((quotation) => quotation.id === found?.id);
}

function offerOf(quotation: Shown<Quotation> | undefined): Offer | null {
  if (!quotation) return null;
  const { number, hash, currency, lines } = quotation.data;
  return {
    id: quotation.id,
    number,
    hash: hash ?? '',
    currency,
    lines: lines.map(({ name, unit, price, quantity, amount }) => ({
      name,
      unit: unit ?? '',
      price,
      quantity,
      amount,
    })),
    total: totalOf(lines),
  };
}
