import { describe, expect, it } from 'vitest';
import { InvalidField } from '../../../model/values';
import type { Operation } from '../../../outbox/operation';
import { editables, editedBody } from './edit';

const change = (set: object): Operation =>
  ({ do: 'set', type: 'work_order', record: 'o', root: 'o', set }) as Operation;
const made = (values: object): Operation =>
  ({ do: 'create', type: 'part_use', record: 'p', root: 'o', create: { values } }) as Operation;
const WISH = { customer_wish: { was: null, to: '周末' }, priority: { was: 'urgent', to: 'general' } };
const NONE = new Set<string>();

describe('the values of a parked operation', () => {
  it('are edited one by one', () => {
    expect(editables(change(WISH)).map(({ field, value }) => [field, value])).toEqual([
      ['customer_wish', '周末'],
      ['priority', 'general'],
    ]);
  });

  it.each(['transition', 'sign', 'hide', 'resolve', 'explode'])('are not edited in a %s', (what) => {
    expect(editables({ do: what, type: 'work_order' } as Operation)).toEqual([]);
  });

  it('are left as they are where no form can show them', () => {
    expect(editables(change({ crew: { was: null, to: ['a'] }, unheard_of: { was: null, to: 1 } }))).toEqual([]);
  });

  it('replace what showed when the form was opened', () => {
    const body = editedBody(change(WISH), { customer_wish: '周六上午' }, NONE, { customer_wish: '随时' });
    expect(body.customer_wish).toEqual({ was: '随时', to: '周六上午' });
  });

  it('may be left out, and what goes together is left out together', () => {
    expect(Object.keys(editedBody(change(WISH), {}, new Set(['priority']), {}))).toEqual(['customer_wish']);
    const group = { assignee: { was: null, to: null }, appointment_start: { was: 1, to: 2 } };
    expect(editedBody(change(group), {}, new Set(['assignee']), {})).toEqual({});
  });

  it('fill in what was missing', () => {
    const body = editedBody(made({ name: '皮带', quantity: 20 }), { quantity: 2, note: '' }, NONE, {});
    expect(body).toEqual({ values: { name: '皮带', quantity: 2 } });
  });

  it('are held to their kind, and the field that is wrong is named', () => {
    const edit = (quantity: unknown) => () => editedBody(made({ quantity: 1 }), { quantity }, NONE, {});
    expect(edit(0)).toThrow(InvalidField);
    expect(edit(1.5)).toThrow(expect.objectContaining({ member: 'quantity' }));
  });
});
