import { type Decimal, ZERO } from '../../models/decimal.js';
import { type AccountPortfolio, isNeverSynced } from '../../models/portfolio.js';
import { mergeAccounts } from '../../accounting/merge-accounts.js';
import { changeText } from '../change-lines.js';
import { count } from '../duration.js';
import { holdingFigures, portfolioTotals } from '../../accounting/holding-figures.js';
import { HIDDEN } from '../holdings-table.js';
import { formatChange, formatGain, formatMoney, UNKNOWN } from '../numbers.js';
import { listed } from '../portfolio-notes.js';
import { type SectionOptions, sectionsOf } from '../portfolio-sections.js';
import { coinsOf } from '../../accounting/same-coins.js';
import { differentCoinNotes } from '../same-coins.js';
import { momentOf } from '../time-axis.js';
import { SPANS, valueChange } from '../../accounting/value-change.js';
import { markup, type SafeHtml } from './markup.js';
import { below, notesList, toned, withTimes } from './tones.js';

/** What it all comes to, and right below it what that leaves out. */
export function summarySection(portfolios: readonly AccountPortfolio[], options: SectionOptions): SafeHtml {
  const totals = portfolioTotals(
    portfolios.flatMap((portfolio) => holdingFigures(portfolio, options.currency)),
  );
  const amount = (text: string) => (options.privacy && text !== UNKNOWN ? HIDDEN : text);
  const realized = realizedOf(portfolios);
  const figures = [
    figure(
      'Unrealized P&L',
      toned(totals.pnl, amount(formatGain(totals.pnl))),
      totals.pnl === undefined ? 'nothing has a price and a cost' : formatChange(totals.pnlPercent),
    ),
    figure(
      'Realized P&L',
      toned(realized, amount(formatGain(realized))),
      realized === undefined ? 'not every account was synced yet' : 'since the beginning',
    ),
    ...changeFigures(portfolios, options),
  ];
  return markup`<section aria-labelledby="total">
    <h2 id="total">Total value</h2>
    <p class="total">${amount(formatMoney(totals.value))} <small>${options.currency}</small></p>
    ${notesList(leftOut(portfolios, options))}
    <dl class="figures">${figures}</dl>
  </section> `;
}

const figure = (name: string, value: SafeHtml, ...more: readonly string[]): SafeHtml =>
  markup`<div>
    <dt>${name}</dt>
    <dd>${value}${more.map((text) => below(markup`${withTimes(text)}`))}</dd>
  </div> `;

/** Of all accounts; not known as soon as it is not known of one. */
const realizedOf = (portfolios: readonly AccountPortfolio[]): Decimal | undefined =>
  portfolios.reduce<Decimal | undefined>((sum, { realized }) => realized && sum?.plus(realized), ZERO);

function changeFigures(
  portfolios: readonly AccountPortfolio[],
  options: SectionOptions,
): readonly SafeHtml[] {
  const { recent, now, privacy } = options;
  const accounts = portfolios.filter((one) => !isNeverSynced(one)).map(({ account }) => account);
  return SPANS.map((span) => {
    const change = valueChange(accounts, recent, span, now);
    const name = `Gain over ${span.name}`;
    if (!change) return figure(name, markup`${UNKNOWN}`, 'no two snapshots to compare');
    const since = `value ${changeText(change, privacy)} since ${momentOf(change.since)}`;
    if (change.gain === undefined) return figure(name, markup`${UNKNOWN}`, since);
    const text = privacy ? formatChange(change.gainPercent) : formatGain(change.gain);
    const more = privacy ? [since] : [formatChange(change.gainPercent), since];
    return figure(name, toned(change.gain, text), ...more);
  });
}

/** What the totals do not count, or count from an older reading. */
function leftOut(portfolios: readonly AccountPortfolio[], options: SectionOptions): readonly string[] {
  const rows = mergeAccounts(portfolios, options.currency).filter(({ cash }) => !cash);
  const { withoutPrice, withoutPnl } = portfolioTotals(rows);
  const known = rows.filter(({ holding }) => !holding.cost.knownQuantity.isZero());
  const parts = known.filter(({ partial }) => partial).map(({ holding }) => holding.asset);
  const inPart = parts.length > 0 ? `, in part for ${listed(parts)}` : '';
  const stale = sectionsOf(portfolios, { ...options, group: 'account' }).filter((section) => section.stale);
  return [
    ...(withoutPrice.length > 0 ? [`Without ${listed(withoutPrice)}: no price.`] : []),
    ...(rows.length > 0
      ? [`Cost known for ${known.length} of ${count(rows.length, 'asset')}${inPart}.`]
      : []),
    ...(withoutPnl.length > 0 ? [`Unrealized P&L without ${listed(withoutPnl)}: no price or no cost.`] : []),
    ...differentCoinNotes(coinsOf(portfolios, options.currency)),
    ...stale.map(({ name, age }) => `${name}: ${age}.`),
  ];
}
