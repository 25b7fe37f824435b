/** One question to the server at a time: busy while it is out, then done or the reason why not. */

import { errorWords } from '../../../i18n/labels';
import { m } from '../../../paraglide/messages';
import { AdminError } from '../../../transport/admin';

const UNREACHED = new Set(['offline', 'timeout', 'portal']);

export class Asking {
  busy = $state(false);
  failure = $state<string | null>(null);
  done = $state(false);

  /** The answer, or undefined with `failure` set. */
  async ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    this.busy = true;
    this.done = false;
    this.failure = null;
    try {
      const answer = await question();
      this.done = true;
      return answer;
    } catch (error) {
      if (!(error instanceof AdminError)) throw error;
      this.failure = UNREACHED.has(error.code) ? m.desk_server_needed() : errorWords(error.code);
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
