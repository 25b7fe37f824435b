/** The engineer's word on how the visit ended. */

import type { Report } from '../../model/records';
import { appendDraft } from '../drafts';
import type { Draft } from '../types';

export function addReport(order: string, report: string, values: Report): Draft[] {
  return [appendDraft('report', report, order, values)];
}
