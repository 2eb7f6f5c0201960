import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { readmeBlocks } from '../support/readme.js';

const [service = '', timer = ''] = readmeBlocks('Under systemd', 'ini');
const [manifest = ''] = readmeBlocks('Under Kubernetes', 'yaml');
const [dockerfile = ''] = readmeBlocks('Under Kubernetes', 'dockerfile');
const CRON_SCHEDULE = /^(\S+ \* \* \* \*) cd/m.exec(readFileSync('crontab.example', 'utf8'))?.[1];
/** What `--timeout` gives a run. */
const RUN_S = 25 * 60;
const INTERVAL_S = 30 * 60;

const number = (text: string, name: string) =>
  Number.parseInt(new RegExp(`\\b${name}[:=] ?(\\d+)`).exec(text)?.[1] ?? '', 10);

test('cron, the timer and the CronJob begin at the same minutes', () => {
  expect(CRON_SCHEDULE).toBe('7,37 * * * *');
  expect(timer).toContain('OnCalendar=*-*-* *:07,37:00\n');
  expect(manifest).toContain(`schedule: '${CRON_SCHEDULE}'\n`);
});

test('the CronJob is YAML, never overlaps, is not tried again, and leaves a run the time that it has', async () => {
  await expect(format(manifest, { parser: 'yaml' })).resolves.toContain('kind: CronJob');
  expect(manifest).toContain('concurrencyPolicy: Forbid\n');
  expect(manifest).toContain('restartPolicy: Never\n');
  expect(number(manifest, 'backoffLimit')).toBe(0);
  expect(number(manifest, 'startingDeadlineSeconds')).toBeLessThan(INTERVAL_S - RUN_S + 1);
  expect(number(manifest, 'activeDeadlineSeconds')).toBeGreaterThan(RUN_S);
  expect(number(manifest, 'activeDeadlineSeconds')).toBeLessThan(INTERVAL_S);
});

test('the service leaves a run the time that it has, and ends before the next', () => {
  expect(number(service, 'TimeoutStartSec') * 60).toBeGreaterThan(RUN_S);
  expect(number(service, 'TimeoutStartSec') * 60).toBeLessThan(INTERVAL_S);
});

test('they set what .env.example explains, and no secret by its value', () => {
  const set = [...`${service}${manifest}`.matchAll(/\b([A-Z]+(?:_[A-Z]+)+)(?==|\n\s+value)/g)].map(
    ([, name = '']) => name,
  );
  expect(set).toContain('BYBIT_API_KEY_FILE');
  expect(set).toContain('EXCHANGE_SYNC_PING_URL');
  const explained = readFileSync('.env.example', 'utf8');
  expect(set.filter((name) => !explained.includes(name))).toEqual([]);
  expect(set.filter((name) => /_API_(KEY|SECRET|PASSWORD)$/.test(name))).toEqual([]);
});

test('the image takes the files it names and no folder as a whole, in which an .env could lie', () => {
  const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) =>
    names.split(' '),
  );
  expect(sources).toEqual(['package.json', 'package-lock.json', 'tsconfig.json', '.bundle.js', 'bin', 'src']);
});
