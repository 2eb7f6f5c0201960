import type { Report } from '../../models/report.js';
import { isoDay } from '../../models/day.js';
import { HIDDEN } from '../holdings-table.js';
import type { SectionOptions } from '../portfolio-sections.js';
import { momentOf } from '../time-axis.js';
import { allocationSection } from './allocation.js';
import { bridgeSection, changesSection } from './bridge.js';
import { historySection } from './history.js';
import { holdingsSection } from './holdings.js';
import { markup } from './markup.js';
import { styleSheet } from './style.js';
import { summarySection } from './summary.js';

/** As `show` has them; the page has no width, and its time and snapshots are those of the report. */
export type PageOptions = Omit<SectionOptions, 'width' | 'now' | 'recent'>;

/** The report as one page that needs nothing else: no network, no script, no font. */
export function renderReport(report: Report, pageOptions: PageOptions): string {
  const { portfolio, now } = report;
  const { accounts, recent } = portfolio;
  const options = { ...pageOptions, now, recent, width: Infinity };
  const { currency, privacy } = options;
  const names =
    accounts.length > 3 ? `${accounts.length} accounts` : accounts.map(({ account }) => account).join(', ');
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Portfolio of ${isoDay(now)}</title>
        ${styleSheet()}
      </head>
      <body>
        <main>
          <div class="top">
            <h1>Portfolio</h1>
            <p class="meta">
              ${names} · in ${currency} · as of
              <time datetime="${new Date(now).toISOString()}">${momentOf(now)} UTC</time>
            </p>
          </div>
          ${summarySection(accounts, options)}${historySection(report, options)}
          <div class="pair">${allocationSection(accounts, options)}${bridgeSection(report, options)}</div>
          ${holdingsSection(accounts, options)}${changesSection(report, options)}
        </main>
        <footer>
          <p>
            — is not known. ${privacy ? `${HIDDEN} is hidden. ` : ''}All times in UTC; “ago” counts back from
            ${momentOf(now)}. Made by exchange-sync.
          </p>
        </footer>
      </body>
    </html> `.toString();
}
