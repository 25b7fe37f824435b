/** Everything unsent as one file: the way out when a device cannot send any more. */
import { pendingOperations } from '../outbox/pending';
import type { Tables } from '../outbox/tables';

/** One JSON document, put together in pieces so that many photos need not fit into one string. */
export async function exportUnsent(
  tables: Tables,
  user: string,
  at: string,
  bytes: (sha256: string) => Promise<Blob | null>,
): Promise<Blob> {
  const unsent = [...tables.outbox.keys()];
  const operations = pendingOperations(tables).filter((operation) => unsent.includes(operation.id));
  const head = { format: 'huizhi-unsent', version: 1, user, exported_at: at, epoch: tables.meta.epoch, operations };
  const parts: BlobPart[] = [JSON.stringify(head).slice(0, -1), ',"photos":['];
  let separator = '';
  for (const file of tables.files.values()) {
    const blob = file.state === 'queued' ? await bytes(file.sha256) : null;
    if (blob === null) continue;
    const photo = { sha256: file.sha256, root: file.root, type: file.type, base64: await base64(blob) };
    parts.push(separator, JSON.stringify(photo));
    separator = ',';
  }
  return new Blob([...parts, ']}'], { type: 'application/json' });
}

const STEP = 0x8000;

/** In steps: too many arguments at once overflow the stack. */
async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let i = 0; i < bytes.length; i += STEP) text += String.fromCharCode(...bytes.subarray(i, i + STEP));
  return btoa(text);
}
