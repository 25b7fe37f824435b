/** Decimal numbers as text, exactly: no binary fraction ever touches a reading or a price. */

const SHAPE = /^-?[0-9]{1,12}(\.[0-9]{1,6})?$/;
const FINEST = 6;

export function isDecimal(text: string): boolean {
  return SHAPE.test(text);
}

/** The number in millionths. */
export function millionths(text: string): bigint {
  const [whole = '0', decimals = ''] = text.split('.');
  return BigInt(whole + decimals.padEnd(FINEST, '0'));
}

/** The number with exactly `scale` decimals, null keeps its own; undefined if it has more than that. */
export function withScale(text: string, scale: number | null): string | undefined {
  const negative = text.startsWith('-');
  const [whole = '0', decimals = ''] = text.replace('-', '').split('.');
  const places = scale ?? decimals.length;
  if (/[1-9]/.test(decimals.slice(places))) return undefined;
  const shown = decimals.slice(0, places).padEnd(places, '0');
  const number = whole.replace(/^0+(?=\d)/, '') + (shown && `.${shown}`);
  return negative && /[1-9]/.test(number) ? `-${number}` : number;
}
