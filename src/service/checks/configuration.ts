import { proxiesIn } from '../../config/network-settings.js';
import type { Env, EnvFile } from '../../config/read-env.js';
import type { CheckResult } from '../../models/check.js';
import { type Check, result } from './check.js';

/** Every setting, with all problems at once. */
export const configuration: Check = {
  subjects: ['configuration'],
  run: ({ settings, database, accounts, environment }) => {
    const problems = [settings, database, accounts].flatMap((part) => (part.ok ? [] : part.problems));
    if (problems.length === 0) {
      const message = `${summary(accounts)}${proxyRemark(environment.env)}`;
      return Promise.resolve([result('configuration', 'ok', message)]);
    }
    return Promise.resolve(
      problems.map(({ what, fix }) => result('configuration', 'critical', what, { remedy: fix })),
    );
  },
};

function summary(accounts: Parameters<Check['run']>[0]['accounts']): string {
  const named = (accounts.ok ? accounts.value : []).map(
    ({ id, environment }) => `${id}${environment === 'live' ? '' : ` (${environment})`}`,
  );
  return `keys are set for ${named.length === 1 ? '1 account' : `${named.length} accounts`}: ${named.join(', ')}`;
}

function proxyRemark(env: Env): string {
  const { used, unused } = proxiesIn(env, process.versions.node);
  const remarks = [
    { names: used, remark: 'used, as Node was told to; the database is reached without' },
    { names: unused, remark: 'not used, requests go straight to the exchange' },
  ];
  return remarks
    .filter(({ names }) => names.length > 0)
    .map(({ names, remark }) => `; ${names.join(', ')}: ${remark}`)
    .join('');
}

/** Keys in a file that others can read are everybody's keys. */
export const envFile: Check = {
  subjects: ['env-file'],
  run: ({ environment: { file } }) => {
    if (!file) return Promise.resolve([]);
    return Promise.resolve([fileResult(file)]);
  },
};

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
