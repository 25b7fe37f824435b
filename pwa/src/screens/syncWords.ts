/** The truth about the last exchange in one sentence. */

import { clock, day } from '../i18n/format';
import { m } from '../paraglide/messages';
import type { SyncStatus } from '../store/types';

const DAY = 86_400_000;

export function syncWords(sync: SyncStatus, now: number): string {
  const last = sync.lastExchangeAt;
  if (!sync.signedIn) return m.common_sync_signed_out();
  if (sync.sending) return m.common_syncing();
  if (last === null) return m.common_never_synced();
  const when = now - last < DAY ? clock(last) : `${day(last)} ${clock(last)}`;
  if (sync.allSynced) return m.common_all_synced({ when });
  if (!sync.online || sync.problem === 'offline') return m.common_offline_since({ when });
  if (sync.problem === 'portal') return m.common_sync_portal({ when });
  return sync.problem ? m.common_sync_problem({ when }) : m.common_last_sync({ when });
}
