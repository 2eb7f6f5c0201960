import { type Check, result } from './check.js';

/** Every setting, with all problems at once. */
export const configuration: Check = {
  name: 'configuration',
  run: ({ settings, database, accounts }) => {
    const problems = [settings, database, accounts].flatMap((part) => (part.ok ? [] : part.problems));
    if (problems.length === 0) return Promise.resolve([result('configuration', 'ok', summary(accounts))]);
    return Promise.resolve(
      problems.map(({ what, fix }) => result('configuration', 'critical', what, { remedy: fix })),
    );
  },
};

function summary(accounts: Parameters<Check['run']>[0]['accounts']): string {
  const ids = accounts.ok ? accounts.value.map(({ id }) => id) : [];
  return `${ids.length === 1 ? '1 account' : `${ids.length} accounts`}: ${ids.join(', ')}`;
}

/** Keys in a file that others can read are everybody's keys. */
export const envFile: Check = {
  name: 'env-file',
  run: ({ environment: { file } }) => {
    if (!file) return Promise.resolve([]);
    const { path, readableByOthers } = file;
    return Promise.resolve([
      readableByOthers
        ? result('env-file', 'warning', `${path} can be read by other users`, { remedy: `chmod 600 ${path}` })
        : result('env-file', 'ok', `${path} is readable by its owner only`),
    ]);
  },
};
