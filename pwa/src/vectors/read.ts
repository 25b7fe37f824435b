/** Reads the shared vectors: cases that the server's tests read from the same files. */
import { readFileSync } from 'node:fs';

export type Check<T> = (one: T) => void;

/** Those written by hand and those made from a seed, by family. */
export interface Counts {
  written: Record<string, number>;
  made: Record<string, number>;
}

const FOLDER = new URL('../../../tests/contract/vectors/', import.meta.url);

export function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')) as T;
}

/** What every case leaves out. */
export interface Plain {
  request: Record<string, unknown>;
  response: Record<string, unknown>;
  device: Record<string, unknown>;
  operation: Record<string, unknown>;
  row: Record<string, unknown>;
}
