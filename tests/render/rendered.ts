import type { Bridges } from '../../src/models/bridge.js';
import type { ValueHistory } from '../../src/models/history.js';
import type { AccountPortfolio } from '../../src/models/portfolio.js';
import type { Report } from '../../src/models/report.js';
import type { Results } from '../../src/models/results.js';
import type { AssetTraces } from '../../src/models/trace.js';
import { attributionDocument, type AttributionSettings } from '../../src/render/documents/attribution.js';
import { historyDocument, type HistorySettings } from '../../src/render/documents/history.js';
import { portfolioDocument, type PortfolioSettings } from '../../src/render/documents/portfolio.js';
import { reportPage, type ReportSettings } from '../../src/render/documents/report.js';
import { resultsDocument, type ResultsSettings } from '../../src/render/documents/results.js';
import { tradesDocument, type TradesSettings } from '../../src/render/documents/trades.js';
import { renderCsv } from '../../src/render/formats/csv.js';
import { renderHtml } from '../../src/render/formats/html.js';
import { renderMarkdown } from '../../src/render/formats/markdown.js';
import { renderTerminal, type TerminalOptions } from '../../src/render/formats/terminal.js';

/** Views in the formats in which the tests look at them. */
export const renderPortfolio = (
  accounts: readonly AccountPortfolio[],
  options: PortfolioSettings & TerminalOptions,
): string => renderTerminal(portfolioDocument(accounts, options), options);

export const renderPortfolioMarkdown = (
  accounts: readonly AccountPortfolio[],
  options: PortfolioSettings,
): string => renderMarkdown(portfolioDocument(accounts, options));

interface CsvOptions {
  readonly currency: string;
  readonly exact: boolean;
}

export const renderPortfolioCsv = (accounts: readonly AccountPortfolio[], options: CsvOptions): string =>
  renderCsv(
    portfolioDocument(accounts, { ...options, privacy: false, now: 0, recent: [], staleAfterMs: 0 }),
    options,
  );

export const renderHistory = (history: ValueHistory, options: HistorySettings & TerminalOptions): string =>
  renderTerminal(historyDocument(history, options), options);

export const renderHistoryCsv = (history: ValueHistory, options: CsvOptions): string =>
  renderCsv(historyDocument(history, { ...options, privacy: false }), options);

export const renderBridge = (bridges: Bridges, options: AttributionSettings & TerminalOptions): string =>
  renderTerminal(attributionDocument(bridges, options), options);

export const renderBridgeCsv = (bridges: Bridges, options: CsvOptions): string =>
  renderCsv(attributionDocument(bridges, { ...options, privacy: false }), options);

export const renderResults = (
  results: Results,
  options: Omit<ResultsSettings, 'privacy'> & TerminalOptions,
): string => renderTerminal(resultsDocument(results, { privacy: false, ...options }), options);

export const renderResultsCsv = (results: Results, options: CsvOptions): string =>
  renderCsv(resultsDocument(results, { ...options, privacy: false }), options);

export const renderTrades = (traces: AssetTraces, options: TradesSettings & TerminalOptions): string =>
  renderTerminal(tradesDocument(traces, options), options);

export const renderTradesCsv = (traces: AssetTraces, options: CsvOptions): string =>
  renderCsv(tradesDocument(traces, { ...options, privacy: false }), options);

export const renderTradesMarkdown = (traces: AssetTraces, options: TradesSettings): string =>
  renderMarkdown(tradesDocument(traces, options));

export const renderReport = (report: Report, settings: ReportSettings): string =>
  renderHtml(reportPage(report, settings));
