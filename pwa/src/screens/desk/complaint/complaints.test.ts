import { describe, expect, it } from 'vitest';
import { concernedBy } from '../../../model/complaint';
import type { Complaint } from '../../../model/records';
import type { App } from '../../../store/types';
import { soonest } from '../../../model/sla';
import { callbackOf, changed, filtered, handlers, openedBy, type Case } from './complaints';

const NOW = 1000;
const zone = () => 'Asia/Shanghai';

function complaint(id: string, data: Partial<Complaint> = {}): Case {
  return { id, data: { state: 'opened', received_at: 0, branch: 'b', ...data } } as Case;
}
function company(...records: { id: string; data: object }[]): App {
  return { all: () => records } as unknown as App;
}
const ids = (cases: { id: string }[]) => cases.map(({ id }) => id);

describe('the complaints at the desk', () => {
  it('are open until they are closed, what is due first in front (R-185)', () => {
    const cases = [complaint('none'), complaint('later'), complaint('soon'), complaint('over', { state: 'closed' })];
    const due = (one: Case) => ({ later: { name: 'x', due_at: 2 }, soon: { name: 'x', due_at: 1 } })[one.id] ?? null;
    expect(ids(soonest(filtered(cases, 'open', NOW, zone), due))).toEqual(['soon', 'later', 'none']);
    expect(ids(filtered(cases, 'closed', NOW, zone))).toEqual(['over']);
  });

  it('are listed with what their record lacks once their month is over (R-189)', () => {
    const [october, november] = [Date.UTC(2026, 9, 15), Date.UTC(2026, 10, 15)];
    const asked = {
      received_at: october,
      complainant: 'c',
      demand: 'd',
      handler: 'h',
      finding: 'f',
      solution: 'repair',
    };
    const whole = { ...asked, root_cause: 'r', prevention: 'p' };
    const cases = [complaint('whole', whole), complaint('lacks', asked), complaint('now', { received_at: november })];
    expect(ids(filtered(cases, 'lacking', november, zone))).toEqual(['lacks']);
    expect(ids(filtered(cases, 'lacking', Date.UTC(2026, 11, 15), zone))).toEqual(['now', 'lacks']);
    const ends = Date.UTC(2026, 9, 31, 16);
    expect([ends - 1, ends].map((now) => ids(filtered(cases, 'lacking', now, zone)))).toEqual([[], ['lacks']]);
  });

  it('are handled by people of their branch who are not concerned (R-186, R-190)', () => {
    const person = (id: string, role: string, branch = 'b') => ({ id, data: { name: id, roles: [role], branch } });
    const app = company(
      person('desk', 'dispatcher'),
      person('boss', 'supervisor'),
      person('field', 'engineer'),
      person('far', 'dispatcher', 'c'),
    );
    expect(ids(handlers(app, complaint('one', { engineers: ['boss'] }).data))).toEqual(['desk']);
  });

  it('know the call that opened them and the call that follows (R-173)', () => {
    const app = company({ id: 'one', data: { callback: 'call' } }, { id: 'two', data: { complaint: 'one' } });
    expect(openedBy(app, 'call')?.id).toBe('one');
    expect(callbackOf(app, 'one')?.id).toBe('two');
  });

  it('concern everybody who worked on the order, each once', () => {
    expect(concernedBy({ assignee: 'b', crew: ['a', 'b'] } as never)).toEqual(['a', 'b']);
  });
});

describe('what is written at a step', () => {
  const { data } = complaint('one', { finding: '松动', told_at: 5 });

  it('is sent only as far as it differs', () => {
    expect(changed(data, { finding: '松动', solution: 'repair', solution_note: null }, NOW)).toEqual({
      solution: 'repair',
    });
  });

  it('says when the customer was told together with how content he is (R-187)', () => {
    expect(changed(data, { satisfaction: 4 }, NOW)).toEqual({ satisfaction: 4, told_at: 5 });
    expect(changed({ ...data, told_at: null }, { satisfaction: 4 }, NOW)).toEqual({ satisfaction: 4, told_at: NOW });
  });
});
