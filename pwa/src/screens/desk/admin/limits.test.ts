import { describe, expect, it } from 'vitest';
import type { ServicePolicy } from '../../../model/records';
import { blankWords, conditionWords, limitWords } from './limits';

const timer = { name: 'arrive', start: 'received', stop: 'arrived', unit: 'min', calendar: '24x7', limit: 60 };
const policy: ServicePolicy = { key: 'a', version: 1, name: {}, timers: [timer] };

describe('the limits of a policy in words', () => {
  it('say which orders each is for, and which it leaves out (R-009)', () => {
    expect(conditionWords(timer)).toBe('所有工单');
    expect(conditionWords({ ...timer, priority: 'urgent', grade: 'A' })).toBe('紧急 · A 级');
    expect(conditionWords({ ...timer, exclude: { band: 'remote' } })).toBe('不含偏远地区');
  });

  it('name what keeps a policy from being used (R-008)', () => {
    const open = { ...timer, severity: 'level_1', limit: null };
    expect(blankWords(policy)).toBe('');
    expect(blankWords({ ...policy, timers: [open] })).toContain('到场 · 一级（重大）');
    expect(blankWords({ ...policy, settings: { grades: { level_1: null } } })).toContain('settings/grades/level_1');
  });

  it('count minutes as time and days as days', () => {
    expect(limitWords(3, 'wd')).toBe('3 工作日');
    expect(limitWords(null, 'min')).toBe('');
  });
});
