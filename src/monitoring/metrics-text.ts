import type { AccountId } from '../models/account.js';
import { type AccountMetrics, FAMILIES, type Family, LAST_SUCCESS } from './families.js';

/** One line of the file. */
export interface Sample {
  readonly name: string;
  readonly account: AccountId;
  readonly value: string;
}

export interface PreviousFile {
  readonly samples: readonly Sample[];
  /** Whether accounts that this run left alone stay in the file. */
  readonly keepsOthers: boolean;
}

/**
 * The run in Prometheus' text format, without timestamps, which node_exporter refuses. Of the previous file
 * it keeps what this run does not know: the last success of an account, and accounts that it did not sync.
 * What is unknown has no line: a NaN would spoil every sum, and a 0 would be a lie.
 */
export function renderMetrics(
  accounts: readonly AccountMetrics[],
  previous: PreviousFile,
  currency: string,
): string {
  const current = accounts.flatMap(samplesOf);
  const samples = [...current, ...carriedOver(previous, accounts, current)];
  return FAMILIES.map((family) => familyText(family, samples, currency)).join('');
}

/** The samples in a text that renderMetrics made; anything else in it is ignored. */
export function parseSamples(text: string): readonly Sample[] {
  const lines = text.matchAll(/^(exchange_sync_\w+)\{account="([a-z0-9_/]*)"[^}\n]*\} (\S+)$/gm);
  return [...lines].map(([, name = '', account = '', value = '']) => ({ name, account, value }));
}

const samplesOf = (metrics: AccountMetrics): readonly Sample[] =>
  FAMILIES.flatMap(({ name, valueOf }) => {
    const value = valueOf(metrics);
    return value === undefined ? [] : [{ name, account: metrics.account, value }];
  });

function carriedOver(
  { samples, keepsOthers }: PreviousFile,
  accounts: readonly AccountMetrics[],
  current: readonly Sample[],
): readonly Sample[] {
  const ours = new Set(accounts.map(({ account }) => account));
  const reported = new Set(current.filter(({ name }) => name === LAST_SUCCESS).map(({ account }) => account));
  return samples.filter(({ name, account }) => {
    if (ours.has(account)) return name === LAST_SUCCESS && !reported.has(account);
    return keepsOthers && account !== '';
  });
}

function familyText({ name, help, isMoney }: Family, samples: readonly Sample[], currency: string): string {
  const lines = samples
    .filter((sample) => sample.name === name)
    // No character of an account's name or of a currency needs escaping.
    .map(({ account, value }) => {
      const labels = `account="${account}"${isMoney ? `,currency="${currency}"` : ''}`;
      return `${name}{${labels}} ${value}\n`;
    });
  if (lines.length === 0) return '';
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`;
}
