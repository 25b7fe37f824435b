import { describe, expect, it } from 'vitest';

import { canonicalJson, digest } from '../../../model/canonical';
import type { Evidence } from '../../../store/types';
import type { Content } from './content';
import { statementOf, type Word } from './statement';

const evidence: Evidence = {
  records: [{ type: 'work_order', id: 'w', version: 3 }],
  operations: ['op1', 'op2'],
  beacon: { epoch: 'e', position: 7, at: '2026-11-22T00:00:00.000Z' },
  clock_offset_ms: null,
  device: 'd',
  user: 'u',
  previous: 'before',
  complete: true,
};
const content = {
  title: '压力不足',
  fault: '',
  photos: [{ slot: 'after', words: '维修后', sha256: 'ab' }],
} as unknown as Content;
const word: Word = {
  act: 'accept',
  remarks: '',
  reason_code: '',
  reason: '',
  signer: { name: '演示联系人一', role: 'signatory', phone: '' },
  rating: '5',
};
const moment = { order: 'w', locale: 'zh-CN', at: 1_795_320_000_000, where: null };

describe('a statement', () => {
  const statement = statementOf('acceptance', content, word, moment, evidence);

  it('binds the records shown, the pending work, the words and the one before', () => {
    expect(statement).toMatchObject({
      document: 'acceptance',
      records: evidence.records,
      pending: evidence.operations,
    });
    expect(statement).toMatchObject({ act: 'accept', rating: '5', locale: 'zh-CN', previous: 'before', user: 'u' });
  });

  it('has a canonical form, so that every machine finds the same hash', () => {
    expect(digest(JSON.parse(canonicalJson(statement)))).toBe(digest(statement));
  });

  it('leaves out what is empty instead of saying nothing in three ways', () => {
    expect(canonicalJson(statement)).not.toMatch(/null|""/);
  });

  it('says why it has no place', () => {
    expect(statement.place_missing).toBe('timeout');
  });

  it('changes its hash with every word that changes', () => {
    const other = statementOf('acceptance', content, { ...word, remarks: '请下周复查' }, moment, evidence);
    expect(digest(other)).not.toBe(digest(statement));
  });
});
