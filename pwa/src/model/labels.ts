/** Names of fields in the reader's words, and the shape of what they hold. */
import { label } from '../i18n/labels';
import { fieldRule, type Shape } from './exported';

export { label } from '../i18n/labels';
export type { Shape } from './exported';

/** A field under a pattern such as `answers/<item>` is named by the pattern. */
export function fieldLabel(_type: string, field: string): string {
  return label('field', field.split('/')[0]);
}

export function shapeOf(type: string, field: string): Shape | null {
  return fieldRule(type, field);
}
