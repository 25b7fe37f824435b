/** The words for codes: the same table the server and the printed report use. */

import { model, type Words } from '../model/exported';
import { getLocale } from '../paraglide/runtime';

/** A code nobody named shows as it is: never an empty cell. */
export function label(enumeration: string, code: string | null | undefined): string {
  if (!code) return '';
  return words(model.enums[enumeration]?.[code]) || code;
}

export function options(enumeration: string): { value: string; label: string }[] {
  return Object.keys(model.enums[enumeration] ?? {}).map((code) => ({ value: code, label: label(enumeration, code) }));
}

/** A tapped step; those of a complaint have words of their own. */
export function stepLabel(type: string, step: string): string {
  return label(type === 'complaint' ? 'complaint_step' : 'step', step);
}

/** The state of an order, or of a complaint. */
export function stateLabel(type: string, state: string): string {
  return label(type === 'complaint' ? 'complaint_state' : 'order_state', state);
}

/** Text that carries its own translations, such as a checklist's questions. */
export function words(text: Words | string | null | undefined): string {
  if (!text || typeof text === 'string') return text ?? '';
  return text[getLocale()] ?? text['zh-CN'] ?? Object.values(text)[0] ?? '';
}

interface Options {
  options?: { code: string; label: Words }[] | null;
}

/** A chosen option in words; any other answer is text already. */
export function answerWords(item: Options, value: string | null | undefined): string {
  return words(item.options?.find((option) => option.code === value)?.label) || (value ?? '');
}

export function errorWords(code: string | null): string {
  return code ? words(model.errors[code]?.message) || code : '';
}
