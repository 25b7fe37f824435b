/** An operation told in words: what was done, to what, and every value it carries. */

import { label, stateLabel, stepLabel } from '../../i18n/labels';
import type { Operation } from '../../outbox/operation';
import { m } from '../../paraglide/messages';
import type { App } from '../../store/types';
import { fieldName, valueWords } from './words';

export interface Told {
  title: string;
  lines: { label: string; was: string | null; to: string }[];
}

type Body = Record<string, unknown>;
type Head = Pick<Operation, 'type' | 'record' | 'do'>;

/** Too long to read and meaningless as words. */
const UNREADABLE = new Set(['ink', 'statement', 'items', 'sha256', 'hash', 'size', 'media_type', 'width', 'height']);

/** What was parked may be malformed in every part, and is told as far as it can be read. */
export function told(app: App, raw: { type: string; record: string; do: string }): Told {
  const operation = { type: text(raw.type), record: text(raw.record), do: text(raw.do) as Operation['do'] };
  const body = asBody((raw as Body)[operation.do]);
  return { title: title(operation, body), lines: lines(app, operation, body) };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function asBody(value: unknown): Body {
  return typeof value === 'object' && value !== null ? (value as Body) : {};
}

function title(operation: Head, body: Body): string {
  const type = label('record_type', operation.type);
  const titles: Partial<Record<Operation['do'], () => string>> = {
    create: () => m.desk_op_create({ type }),
    append: () => m.desk_op_append({ type }),
    set: () => m.desk_op_set({ type }),
    transition: () => m.desk_op_transition({ type, step: stepLabel(operation.type, String(body.name)) }),
    move: () => m.desk_op_move(),
    sign: () => m.desk_op_sign(),
    resolve: () => m.desk_op_resolve(),
    unpark: () => m.desk_op_unpark(),
    dismiss: () => m.desk_op_dismiss(),
    hide: () => m.desk_op_hide({ type }),
    restore: () => m.desk_op_restore({ type }),
  };
  return Object.hasOwn(titles, operation.do) ? titles[operation.do]!() : operation.do;
}

function lines(app: App, operation: Head, body: Body): Told['lines'] {
  if (operation.do === 'set') return changes(app, operation, body);
  if (operation.do === 'transition')
    return [{ label: m.desk_from_state(), was: null, to: stateLabel(operation.type, String(body.from)) }];
  const values = asBody(body.values ?? body);
  return Object.entries(values)
    .filter(([field, value]) => value !== null && !UNREADABLE.has(field))
    .map(([field, value]) => ({
      label: label('field', field),
      was: null,
      to: valueWords(app, operation.type, field, value),
    }));
}

function changes(app: App, operation: Head, body: Body): Told['lines'] {
  return Object.entries(body).map(([field, change]) => {
    const { was, to } = asBody(change);
    return {
      label: fieldName(app, operation.type, operation.record, field),
      was: valueWords(app, operation.type, field, was),
      to: valueWords(app, operation.type, field, to),
    };
  });
}
