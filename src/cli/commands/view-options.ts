import type { Command } from 'commander';
import type { Period } from '../../models/results.js';
import type { DocumentFormat } from '../formats.js';

type Format = ShowOptions['format'];

export interface ShowOptions {
  readonly exchange: readonly string[];
  readonly format: DocumentFormat | 'json';
  readonly sort: 'value' | 'asset' | 'pnl';
  readonly group: 'account' | 'asset';
  /** A decimal number. */
  readonly minValue?: string;
  readonly privacy?: true;
  /** Every digit in CSV. */
  readonly exact?: true;
  /** Fiat currency in which holdings are shown. */
  readonly currency?: string;
  /** ms back from now. */
  readonly history?: number;
  /** The one whose value `history` is. */
  readonly asset?: string;
  /** ms back from now. */
  readonly bridge?: number;
  readonly period?: Period;
  /** An asset. */
  readonly trades?: string;
  /** Lines of `trades` in the table. */
  readonly limit: number;
  /** ms */
  readonly timeout: number;
}

export type View = 'portfolio' | 'history' | 'bridge' | 'period' | 'trades' | 'report';

/** A page has holdings, history and attribution together. */
export function viewOf({ format, history, asset, bridge, period, trades }: ShowOptions): View {
  if (period !== undefined) return 'period';
  if (trades !== undefined) return 'trades';
  if (format === 'html' && asset === undefined) return 'report';
  if (history !== undefined) return 'history';
  return bridge === undefined ? 'portfolio' : 'bridge';
}

const FOR_PEOPLE: readonly Format[] = ['table', 'markdown', 'html'];

interface Scope {
  readonly views?: readonly View[];
  readonly formats?: readonly Format[];
}

/** Views and formats of the options that do not apply to all of them. */
const SCOPES: Readonly<Record<string, Scope>> = {
  sort: { views: ['portfolio', 'report'], formats: FOR_PEOPLE },
  group: { views: ['portfolio', 'report'], formats: FOR_PEOPLE },
  minValue: { views: ['portfolio', 'report'], formats: FOR_PEOPLE },
  privacy: { formats: FOR_PEOPLE },
  currency: { views: ['portfolio'] },
  asset: { views: ['history'] },
  limit: { views: ['trades'], formats: FOR_PEOPLE },
  exact: { formats: ['csv'] },
};

const VIEW_FLAGS: Readonly<Record<View, string>> = {
  portfolio: '',
  history: '--history',
  bridge: '--bridge',
  period: '--period',
  trades: '--trades',
  report: '--format html',
};

/** An option without effect would promise what the output does not have: hidden amounts, fewer rows. */
export function refuseUnused(options: ShowOptions, command: Command): void {
  const view = viewOf(options);
  if (view === 'history' && options.bridge !== undefined) {
    command.error(
      'error: --bridge cannot be used with --history\n(Ask for one after the other, or for --format html, which has both.)',
    );
  }
  for (const option of command.options) {
    const name = option.attributeName();
    if (command.getOptionValueSource(name) !== 'cli') continue;
    const { views = [view], formats = [options.format] } = SCOPES[name] ?? {};
    const why =
      whyUnused(
        VIEW_FLAGS[view],
        views.map((one) => VIEW_FLAGS[one]),
      ) ??
      whyUnused(
        `--format ${options.format}`,
        formats.map((one) => `--format ${one}`),
      );
    if (why) command.error(`error: option '${option.long ?? name}' ${why}\n(Leave one of them out.)`);
  }
}

function whyUnused(asked: string, allowed: readonly string[]): string | undefined {
  if (allowed.includes(asked)) return undefined;
  const [only, ...more] = allowed;
  return only && more.length === 0 ? `only works with ${only}` : `has no effect with ${asked}`;
}
