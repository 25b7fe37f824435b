/** "Saved on this device": true when this resolves, and never before. */
import { StorageFull } from '../database/database';
import { byteSize, makeOperations, saveWork, type Draft, type NewFile } from '../outbox/make';
import type { Operation } from '../outbox/operation';
import { digest } from '../model/canonical';
import { InvalidDraft, type Trade } from './trade';
import { SaveError, type NewPhoto } from './types';
import type { Workspace } from './workspace.svelte';

export interface Saver {
  workspace: Workspace;
  trade: Trade;
  user: string;
  now: number;
  /** A random id, drawn when the person acts. */
  newId(): string;
}

export async function save(saver: Saver, drafts: Draft[], photos: NewPhoto[]): Promise<void> {
  try {
    const canonical = drafts.map((draft) => saver.trade.canonical(draft));
    const files = photos.map((photo) => ({ ...photo, root: rootOf(photo.sha256, canonical) }));
    await store(saver, canonical, files, signedStatement(canonical));
  } catch (error) {
    throw asSaveError(error);
  }
}

function store(saver: Saver, drafts: Draft[], files: NewFile[], statement: string | null): Promise<unknown> {
  const { workspace, trade, user, now } = saver;
  const ids = drafts.map(() => saver.newId());
  const act = { user, schema: trade.schema, at: new Date(now).toISOString(), ids, group: saver.newId() };
  return workspace.transact((tables) => {
    const look = (record: string) => workspace.shown.look(record) as never;
    const operations = makeOperations(tables, drafts, act, look, trade.together);
    checkSizes(trade, operations);
    return saveWork(tables, operations, files, statement);
  });
}

/** Limits that the server would answer with 413 or 400 are met here, while the form still has its input. */
function checkSizes(trade: Trade, operations: Operation[]): void {
  const { operationBytes, groupMembers, bytes } = trade.limits;
  const sizes = operations.map(byteSize);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const tooLarge = sizes.some((size) => size > operationBytes) || total > bytes || operations.length > groupMembers;
  if (tooLarge) throw new SaveError('too_large', { bytes: total, members: operations.length });
}

/** The hash of what is signed here: the next statement of this device names it. */
function signedStatement(drafts: Draft[]): string | null {
  const signing = drafts.find((draft) => draft.do === 'sign');
  return signing === undefined ? null : digest((signing.body as { statement: unknown }).statement);
}

function rootOf(sha256: string, drafts: Draft[]): string {
  const names = (draft: Draft) => (draft.body as { values?: { sha256?: unknown } }).values?.sha256 === sha256;
  const root = (drafts.find(names) ?? drafts[0])?.root;
  if (root === undefined) throw new SaveError('invalid', { field: 'photo', reason: 'without_record' });
  return root;
}

function asSaveError(error: unknown): SaveError {
  if (error instanceof SaveError) return error;
  if (error instanceof StorageFull) return new SaveError('storage_full');
  if (error instanceof InvalidDraft) return new SaveError('invalid', { field: error.field, reason: error.reason });
  return new SaveError('storage_failed', { reason: String(error) });
}
