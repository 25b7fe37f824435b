/** Quotation revisions: editable until presented, then a change makes the next one. */

import { amountOf } from '../../model/quotation';
import type { PriceLine, PriceList, Quotation, QuotationLine } from '../../model/records';
import { createDraft, setDraft, transitionDraft } from '../drafts';
import type { Draft, Shown } from '../types';

export function lineOf(price: PriceLine, quantity: string): QuotationLine {
  const { code, name, kind, unit } = price;
  return {
    code,
    name,
    kind,
    unit,
    price: price.price,
    quantity,
    amount: amountOf(price.price, quantity),
    part: price.part ?? null,
  };
}

export function withLine(lines: QuotationLine[], line: QuotationLine): QuotationLine[] {
  const others = lines.filter((other) => other.code !== line.code);
  return others.length === lines.length ? [...lines, line] : lines.map((old) => (old.code === line.code ? line : old));
}

export function draftQuotation(
  order: string,
  quotation: string,
  number: number,
  priceList: Shown<PriceList>,
  lines: QuotationLine[],
): Draft[] {
  const values = { number, currency: priceList.data.currency, price_list: priceList.id, lines, reason: null };
  return [createDraft('quotation', quotation, order, values)];
}

export function setLines(quotation: Shown<Quotation>, lines: QuotationLine[]): Draft[] {
  return [setDraft(quotation, { lines })];
}

export function presentQuotation(quotation: Shown<Quotation>): Draft[] {
  return [transitionDraft(quotation, 'present')];
}
