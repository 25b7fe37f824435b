/** The blob queue: which bytes go next, and what is noted about their way. */
import { Change } from './change';
import { dropFile, sweepHandedOver } from './pending';
import type { FileRow, Tables } from './tables';

/** Signatures and small pictures first: more of the day arrives before the link is gone. */
export function nextUpload(tables: Tables, refused: ReadonlySet<string> = new Set()): FileRow | undefined {
  const queued = [...tables.files.values()].filter((file) => file.state === 'queued' && !refused.has(file.sha256));
  return queued.sort((a, b) => b.offset - a.offset || a.size - b.size)[0];
}

export function noteOffset(before: Tables, sha256: string, offset: number): Change {
  const change = new Change(before);
  const file = before.files.get(sha256);
  if (file?.state === 'queued') change.put('files', { ...file, offset });
  return change;
}

/** The server has checked the hash; `seq` is a commit that contains the arrival. */
export function noteReceived(before: Tables, sha256: string, seq: number | null): Change {
  const change = new Change(before);
  const file = before.files.get(sha256);
  const { seen } = before.meta;
  if (file?.state === 'queued') {
    const receivedAt = seen && Date.parse(seen.at);
    change.put('files', { ...file, offset: file.size, state: 'received', receivedAt, seq });
  }
  sweepHandedOver(change);
  return change;
}

/** Bytes that were downloaded to be looked at. */
export function keepDownloaded(before: Tables, sha256: string, blob: Blob, root: string): Change {
  const change = new Change(before);
  if (before.files.has(sha256)) return change;
  const { size, type } = blob;
  change.put('files', { sha256, root, size, type, offset: size, state: 'cached', receivedAt: null, seq: null });
  change.bytes(sha256, blob);
  return change;
}

export function forgetFile(before: Tables, sha256: string): Change {
  const change = new Change(before);
  dropFile(change, sha256);
  return change;
}

/** Lets all downloaded bytes go; null if there are none. */
export function dropDownloads(before: Tables): Change | null {
  const cached = [...before.files.values()].filter((file) => file.state === 'cached');
  if (cached.length === 0) return null;
  const change = new Change(before);
  for (const { sha256 } of cached) dropFile(change, sha256);
  return change;
}
