import { describe, expect, it } from 'vitest';
import { digest } from '../model/canonical';
import { note as noteOperation, operation, ORDER, row } from '../outbox/builders';
import type { Data, Operation, Row } from '../outbox/operation';
import { replayFamily } from '../outbox/replay';
import { fieldService } from './fieldService';
import type { Draft } from './types';
import { InvalidDraft } from './trade';

const made = (type: string, id: string, how: 'create' | 'append', values: Data): Operation => {
  const { append, ...head } = noteOperation(id, 1);
  return { ...head, type, record: id, do: how, [how]: { values } };
};
const tap = (name: string, from: string, record = ORDER, type = 'work_order'): Operation => {
  const { set, ...head } = operation({ id: name, n: 2 });
  return { ...head, type, record, do: 'transition', transition: { name, from } };
};
const show = (rows: Row[], operations: Operation[]) =>
  new Map(replayFamily(ORDER, rows, operations, fieldService.rules).map((one) => [one.id, one.data]));
const order = (data: Data) => row({ id: ORDER, data });

describe('an order shows offline', () => {
  it('the state its engineer tapped', () => {
    expect(show([order({ state: 'dispatched' })], [tap('accept', 'dispatched')]).get(ORDER)?.state).toBe('accepted');
  });

  it('the state that follows from what was written down', () => {
    const diagnosis = operation({ id: 'd', n: 1, set: { diagnosis: { was: null, to: 'Worn seal' } } });
    const rows = [order({ state: 'diagnosing', entitlement: 'free' })];
    expect(show(rows, [diagnosis]).get(ORDER)?.state).not.toBe('diagnosing');
  });

  it('no state that its guards forbid', () => {
    expect(show([order({ state: 'arrived' })], [tap('finish', 'arrived')]).get(ORDER)?.state).toBe('arrived');
  });
});

describe('what the server will derive shows at once', () => {
  it('the total and hash of a quotation when it is presented', () => {
    const line = { code: 'L', name: 'Labour', kind: 'labour', unit: 'h', price: 100, quantity: '1.50', amount: 150 };
    const quotation = made('quotation', 'q', 'create', { number: 1, currency: 'CNY', lines: [line] });
    const shown = show([order({ state: 'diagnosing' })], [quotation, tap('present', 'draft', 'q', 'quotation')]).get(
      'q',
    );
    expect(shown).toMatchObject({ state: 'presented', total: 150 });
    expect(shown?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('the verdict of a reading from its limits', () => {
    const reading = made('reading', 'r', 'append', { value: '9.5', minimum: '1', maximum: '8' });
    expect(show([order({})], [reading]).get('r')?.verdict).toBe('fail');
  });

  it('the act and hash of a signature', () => {
    const statement = { document: 'acceptance', act: 'accept' };
    const { append, ...head } = noteOperation('s', 1);
    const sign = { ...head, type: 'signature', record: 's', do: 'sign' as const, sign: { statement, ink: [] } };
    expect(show([order({})], [sign]).get('s')).toMatchObject({ act: 'accept', sha256: digest(statement) });
  });
});

describe('before it says saved, the device refuses', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
  const sign = (levels: number) => {
    const statement = { document: 'acceptance', act: 'accept', shown: nested(levels) };
    return fieldService.canonical({
      type: 'signature',
      record: 's',
      root: ORDER,
      do: 'sign',
      body: { statement, ink: [] },
    } as Draft);
  };

  it('what is nested deeper than the server takes, the operation counted', () => {
    expect(() => sign(21)).not.toThrow();
    expect(() => sign(22)).toThrow(InvalidDraft);
  });
});
