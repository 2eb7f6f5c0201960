import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { yamlDocuments } from '../support/yaml.js';

const service = readFileSync('src/deploy/exchange-sync.service', 'utf8');
const timer = readFileSync('src/deploy/exchange-sync.timer', 'utf8');
const manifest = readFileSync('src/deploy/cronjob.yaml', 'utf8');
const compose = readFileSync('src/deploy/compose.yaml', 'utf8');
const CRON_SCHEDULE = /^(\S+ \* \* \* \*) /m.exec(readFileSync('crontab.example', 'utf8'))?.[1];
/** What `--timeout` gives a run. */
const RUN_S = 25 * 60;
const INTERVAL_S = 30 * 60;

interface Container {
  readonly args: readonly string[];
  readonly securityContext: unknown;
  readonly env: readonly { readonly name: string }[];
}

interface CronJob {
  readonly kind: string;
  readonly spec: {
    readonly schedule: string;
    readonly concurrencyPolicy: string;
    readonly startingDeadlineSeconds: number;
    readonly jobTemplate: {
      readonly spec: {
        readonly backoffLimit: number;
        readonly activeDeadlineSeconds: number;
        readonly template: {
          readonly spec: {
            readonly restartPolicy: string;
            readonly securityContext: unknown;
            readonly containers: readonly Container[];
          };
        };
      };
    };
  };
}

const [, cronJob] = yamlDocuments(manifest) as readonly [unknown, CronJob];
const { spec: job } = cronJob.spec.jobTemplate;
const pod = job.template.spec;

test('cron, the timer and the CronJob begin at the same minutes', () => {
  expect(CRON_SCHEDULE).toBe('7,37 * * * *');
  expect(timer).toContain('OnCalendar=*-*-* *:07,37:00\n');
  expect(cronJob.spec.schedule).toBe(CRON_SCHEDULE);
});

test('the CronJob never overlaps, is not retried, and leaves a run the time that it has', () => {
  expect(cronJob).toMatchObject({ kind: 'CronJob', spec: { concurrencyPolicy: 'Forbid' } });
  expect(pod.restartPolicy).toBe('Never');
  expect(job.backoffLimit).toBe(0);
  expect(cronJob.spec.startingDeadlineSeconds).toBeLessThanOrEqual(INTERVAL_S - RUN_S);
  expect(job.activeDeadlineSeconds).toBeGreaterThan(RUN_S);
  expect(job.activeDeadlineSeconds).toBeLessThan(INTERVAL_S);
});

test('the CronJob runs one sync, as a user without rights, on a read-only file system', () => {
  expect(pod.containers.map(({ args }) => args)).toEqual([['sync']]);
  expect(pod).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
  });
  expect(pod.containers[0]?.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
});

test('the service leaves a run the time that it has, and ends before the next', () => {
  const minutes = Number.parseInt(/^TimeoutStartSec=(\d+)min$/m.exec(service)?.[1] ?? '', 10);
  expect(minutes * 60).toBeGreaterThan(RUN_S);
  expect(minutes * 60).toBeLessThan(INTERVAL_S);
});

test('they set what .env.example explains, and no secret by its value', () => {
  const set = [
    ...[...service.matchAll(/^(?:# |Environment=)([A-Z]+(?:_[A-Z]+)+)\b/gm)].map(([, name = '']) => name),
    ...pod.containers.flatMap(({ env }) => env.map(({ name }) => name)),
    ...[...compose.matchAll(/^ {6}(?!POSTGRES)([A-Z]+(?:_[A-Z]+)*):/gm)].map(([, name = '']) => name),
  ];
  expect(set).toEqual(expect.arrayContaining(['BYBIT_API_KEY_FILE', 'EXCHANGE_SYNC_PING_URL', 'DB_HOST']));
  const explained = readFileSync('.env.example', 'utf8');
  // Any secret may be in a file that is named by its setting with _FILE at the end.
  expect(set.filter((name) => !explained.includes(name.replace(/_FILE$/, '')))).toEqual([]);
  expect(set.filter((name) => /_(KEY|SECRET|PASSWORD|PASS)$/.test(name))).toEqual([]);
});
