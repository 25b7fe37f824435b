/** Service reports: where the newest one stands with the supervisor. */
import { newest, type Member } from './family';

export type ReportStatus = 'none' | 'submitted' | 'approved' | 'returned';

export function reportStatus(reports: Member[], reviews: Member[]): ReportStatus {
  const report = newest(reports);
  if (!report) return 'none';
  const review = newest(reviews.filter(({ data }) => data.report === report.id));
  if (!review) return 'submitted';
  return review.data.decision === 'approve' ? 'approved' : 'returned';
}
