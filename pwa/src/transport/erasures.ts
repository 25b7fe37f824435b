/** Erasing a person on request: the server alone knows everything that tells of him. */
import { ask } from './admin';

export interface Mention {
  id: string;
  type: string;
  root: string;
  texts: string[];
}

/** What goes, or went: records, operations by count, photos by count. */
export interface ErasurePlan {
  records: { id: string; type: string }[];
  operations: number;
  blobs: number;
}

export interface ErasureFact extends ErasurePlan {
  id: string;
  at: number;
  by: string;
  reason: string;
}

const PATH = '/api/v1/erasures';

export async function findMentions(text: string): Promise<Mention[]> {
  return (await ask('POST', `${PATH}/search`, { text })) as Mention[];
}

export async function previewErasure(records: string[]): Promise<ErasurePlan> {
  return (await ask('POST', `${PATH}/preview`, { records })) as ErasurePlan;
}

/** Cannot be taken back. */
export async function erase(records: string[], reason: string): Promise<ErasureFact> {
  return (await ask('POST', PATH, { records, reason })) as ErasureFact;
}

export async function erasures(): Promise<ErasureFact[]> {
  return (await ask('GET', PATH)) as ErasureFact[];
}
