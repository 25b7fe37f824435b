/** Values of any field in the reader's words: labels for codes, names for ids, dates for instants. */

import { money, moment } from '../../i18n/format';
import { label, words } from '../../i18n/labels';
import type { Localized } from '../../model/records';
import { m } from '../../paraglide/messages';
import type { App } from '../../store/types';
import { nameOf } from './names';
import { fieldRule, model, type Shape } from '../../model/exported';

export interface Line {
  label: string;
  words: string;
}

/** `answers/<item>` is named after its item, any other field after its label. */
export function fieldName(app: App, type: string, record: string, field: string): string {
  const [name, item] = field.split('/');
  if (name !== 'answers' || !item) return label('field', field);
  const items = app.get<{ items?: { id: string; label: Localized }[] }>(type, record)?.data.items ?? [];
  return words(items.find((one) => one.id === item)?.label) || item;
}

export function valueWords(app: App, type: string, field: string, value: unknown): string {
  return inWords(app, fieldRule(type, field), value);
}

/** A merge group's value is a mapping: one line per member, in the declared order. A plain field gives one line without a label. */
export function valueLines(app: App, type: string, fields: string[], value: unknown): Line[] {
  const [only, ...more] = fields;
  if (only !== undefined && more.length === 0) return [{ label: '', words: valueWords(app, type, only, value) }];
  const members = (value ?? {}) as Record<string, unknown>;
  const declared = Object.keys(model.types[type]?.fields ?? {}).filter((field) => fields.includes(field));
  return declared.map((field) => ({
    label: label('field', field),
    words: valueWords(app, type, field, members[field]),
  }));
}

const WORDED: Record<string, (app: App, shape: Shape, value: unknown) => string> = {
  code: (_, shape, value) => label(shape.enum ?? '', String(value)),
  reference: (app, shape, value) => nameOf(app, shape.to ?? '', String(value)),
  instant: (_, __, value) => moment(Number(value)),
  money: (_, __, value) => money(Number(value), 'CNY'),
  flag: (_, __, value) => (value ? m.desk_yes() : m.desk_no()),
};

function inWords(app: App, shape: Shape | null, value: unknown): string {
  if (value === null || value === undefined || value === '') return m.desk_empty_value();
  if (Array.isArray(value)) return listWords(app, shape?.of ?? null, value);
  const worded = shape && WORDED[shape.kind];
  if (worded) return worded(app, shape, value);
  if (typeof value === 'object') return structWords(app, shape, value as Record<string, unknown>);
  return String(value);
}

function listWords(app: App, of: Shape | null, values: unknown[]): string {
  if (values.length === 0) return m.desk_empty_value();
  return values.map((value) => inWords(app, of, value)).join(m.desk_list_separator());
}

function structWords(app: App, shape: Shape | null, value: Record<string, unknown>): string {
  const known = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return known
    .map(([name, member]) => `${label('field', name)} ${inWords(app, shape?.members?.[name] ?? null, member)}`)
    .join(m.desk_list_separator());
}
