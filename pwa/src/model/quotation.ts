/** Quotations: line amounts, totals, the hash a consent binds to, and what the customer decided. */
import { digest } from './canonical';
import { millionths } from './decimal';
import type { Data, Member } from './family';
import { newest } from './family';
import type { Consent, QuotationLine } from './records';
import { canonicalField } from './values';

const MILLION = 1_000_000n;

export type QuotationStatus = 'none' | 'draft' | 'presented' | 'consented' | 'refused';

/** The line amount in minor units, rounded half up. */
export function amountOf(price: number, quantity: string): number {
  return Number((BigInt(price) * millionths(quantity) * 2n + MILLION) / (2n * MILLION));
}

export function totalOf(lines: readonly { amount: number }[]): number {
  return lines.reduce((sum, line) => sum + line.amount, 0);
}

/** SHA-256 of everything a consent agrees to. */
export function contentHash(order: string, quotation: Data): string {
  const lines = canonicalField('quotation', 'lines', quotation.lines ?? []) as QuotationLine[];
  const { number = null, currency = null } = quotation;
  return digest({ order, number, currency, lines, total: totalOf(lines) });
}

/** A newer presented revision waits for a decision of its own; refused, the scope consented before goes on. */
export function quotationStatus(quotations: Member[], consents: Member[], signatures: Member[]): QuotationStatus {
  const presented = presentedNewestFirst(quotations);
  if (presented.length === 0) return quotations.length > 0 ? 'draft' : 'none';
  const decisions = presented.map((one) => decision(one, consents, signatures));
  if (decisions[0] === null) return 'presented';
  return decisions.includes('yes') ? 'consented' : 'refused';
}

/** The newest revision the customer consented to. */
export function agreed(quotations: Member[], consents: Member[], signatures: Member[]): Member | null {
  const presented = presentedNewestFirst(quotations);
  return presented.find((one) => decision(one, consents, signatures) === 'yes') ?? null;
}

function presentedNewestFirst(quotations: Member[]): Member[] {
  const order = (a: Member, b: Member) => Number(b.data.number) - Number(a.data.number) || (a.id < b.id ? 1 : -1);
  return quotations.filter((one) => one.data.state === 'presented').sort(order);
}

/** The customer's last decision on this very content. */
function decision(quotation: Member, consents: Member[], signatures: Member[]): Consent['decision'] | null {
  const bound = consents.filter(
    ({ data }) => data.quotation === quotation.id && data.hash === quotation.data.hash && counts(data, signatures),
  );
  return (newest(bound)?.data as Consent | undefined)?.decision ?? null;
}

/** A signature under a quotation that agrees to it. */
function saysYes({ document, act }: Data): boolean {
  return document === 'quotation' && (act === 'accept' || act === 'accept_with_remarks');
}

/** A signed consent, an oral one with person and reason, or a refusal with its reason. */
function counts(consent: Data, signatures: Member[]): boolean {
  if (consent.decision === 'no') {
    return Boolean(consent.reason_code === 'other' ? consent.reason_text : consent.reason_code);
  }
  if (consent.mode === 'written') return signatures.some((one) => one.id === consent.signature && saysYes(one.data));
  return Boolean(consent.person && consent.reason_text);
}
