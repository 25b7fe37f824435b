/** Special patrols: the server makes all rounds of one wish at once, so that none is forgotten. */
import { ask } from './admin';

/** A plan, or a site with the machines to visit and the checklist for each. */
export type Target = { plan: string } | { site: string; template: string; assets: string[] };

export interface Wish {
  reason: string;
  urgent: boolean;
  /** how many days there are to do it, today not counted */
  days: number;
  /** instead of whoever the plan names */
  assignee: string | null;
  targets: Target[];
}

/** `order` is null where every machine is retired. */
export interface Started {
  target: string;
  order: string | null;
}

export async function startRounds(wish: Wish): Promise<Started[]> {
  return (await ask('POST', '/api/v1/rounds', wish)) as Started[];
}
