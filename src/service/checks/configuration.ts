import { proxiesIn } from '../../config/network-settings.js';
import type { Env } from '../../config/env.js';
import type { EnvFile } from '../../config/read-env.js';
import { unusedSettings } from '../../config/unused-settings.js';
import type { CheckResult } from '../../models/check.js';
import { placeOf } from '../../models/settings.js';
import { accountsIn, type Check, type CheckContext, result } from './check.js';

/** Every setting, with all problems at once, and which file and database they lead to. */
export const configuration: Check = {
  subjects: ['configuration'],
  run: (context) => {
    const found = [...problemsIn(context), ...warningsIn(context)];
    const isUsable = found.every(({ state }) => state !== 'critical');
    return Promise.resolve(isUsable ? [result(NAME, 'ok', summary(context)), ...found] : found);
  },
};

const NAME = 'configuration';

function problemsIn({ settings, database, accounts }: CheckContext): CheckResult[] {
  const problems = [settings, database, accounts].flatMap((part) => (part.ok ? [] : part.problems));
  const refused = accounts.ok ? accounts.value.refused : [];
  return [...problems, ...refused.flatMap((account) => account.problems)].map(({ what, fix }) =>
    result(NAME, 'critical', what, { remedy: fix }),
  );
}

function warningsIn({ settings, environment }: CheckContext): CheckResult[] {
  const unused = unusedSettings(environment.env).filter(({ isMistake }) => isMistake);
  const warnings = unused.map(({ what, fix }) => result(NAME, 'warning', what, { remedy: fix }));
  const isOff = settings.ok && !settings.value.isEnabled;
  const off = result(NAME, 'warning', 'syncs are turned off by EXCHANGE_SYNC_ENABLED', {
    remedy: 'Remove it, or set it to true.',
  });
  return isOff ? [...warnings, off] : warnings;
}

function summary(context: CheckContext): string {
  const { database, environment } = context;
  const named = accountsIn(context).map(
    ({ id, environment }) => `${id}${environment === 'live' ? '' : ` (${environment})`}`,
  );
  const unused = unusedSettings(environment.env).filter(({ isMistake }) => !isMistake);
  return [
    `keys are set for ${named.length === 1 ? '1 account' : `${named.length} accounts`}: ${named.join(', ')}`,
    `settings from ${environment.file?.path ?? 'the environment alone'}`,
    ...(database.ok ? [`database ${placeOf(database.value)}`] : []),
    ...unused.map(({ what, fix }) => `${what} (${fix.replace(/\.$/, '')})`),
  ]
    .join('; ')
    .concat(proxyRemark(environment.env));
}

function proxyRemark(env: Env): string {
  const { used, unused } = proxiesIn(env, process.versions.node);
  const remarks = [
    { names: used, remark: 'used by Node; the database connection does not use it' },
    { names: unused, remark: 'not used; requests go directly to the exchange' },
  ];
  return remarks
    .filter(({ names }) => names.length > 0)
    .map(({ names, remark }) => `; ${names.join(', ')}: ${remark}`)
    .join('');
}

/** Keys in a file that others can read are everybody's keys. */
export const envFile: Check = {
  subjects: ['env-file'],
  run: ({ environment: { file, foreignFile } }) =>
    Promise.resolve([
      ...(file ? [fileResult(file)] : []),
      ...(foreignFile === undefined ? [] : [foreignResult(foreignFile)]),
    ]),
};

/** Another program's, or one of which the rest is in the environment. */
const foreignResult = (path: string): CheckResult =>
  result(
    'env-file',
    'ok',
    `${path} names a database but no setting of exchange-sync, so it is not read (to use it: --env-file ${path})`,
  );

function fileResult({ path, readableByOthers, cutNames }: EnvFile): CheckResult {
  if (readableByOthers) {
    return result('env-file', 'warning', `${path} can be read by other users`, {
      remedy: `chmod 600 ${path}`,
    });
  }
  if (cutNames.length > 0) {
    return result('env-file', 'warning', `${path}: a # cuts the value of ${cutNames.join(', ')}`, {
      remedy: 'Put the value in single quotes; a comment belongs on a line of its own.',
    });
  }
  return result('env-file', 'ok', `${path} is readable by its owner only`);
}
