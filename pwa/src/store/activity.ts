/** What the sending tab is doing, told to the others. */

export interface Activity {
  sending: boolean;
  signedIn: boolean;
  /** Why the last exchange did not succeed; null if it did. */
  problem: string | null;
}

export const QUIET: Activity = { sending: false, signedIn: true, problem: null };
