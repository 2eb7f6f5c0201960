import type { Report } from '../../models/report.js';
import { renderReport } from '../../render/html/page.js';
import { sectionOptions } from './section-options.js';
import type { ShowOptions } from './show.js';

export { showReport } from '../../service/show-report.js';

/** `show --format html`. */
export const renderReportAs = (options: ShowOptions, report: Report): string =>
  renderReport(report, sectionOptions(options));
