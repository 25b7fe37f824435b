/** Random ids, made when the user acts: never counted, so that a cloned device cannot repeat one. */
import { hex } from '../media/hash';

export function operationId(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

/** UUIDv7: 48 bits of time, then random, so that records sort by when they were made. */
export function recordId(now: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = 0x70 | ((bytes[6] as number) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f);
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
