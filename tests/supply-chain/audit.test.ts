import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exchange-sync-audit-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const advisory = (id: string, name: string) => ({
  source: 1,
  name,
  title: 'a hole',
  url: `https://github.com/advisories/${id}`,
  severity: 'high',
});
const HOLED = {
  auditReportVersion: 2,
  vulnerabilities: {
    inner: { name: 'inner', via: [advisory('GHSA-1', 'inner')] },
    outer: { name: 'outer', via: ['inner'] },
    other: { name: 'other', via: [advisory('GHSA-2', 'other')] },
  },
};

/** The script with an npm of ours before the real one, which answers so. */
function audit(answer: string, exceptions: readonly object[] = []) {
  writeFileSync(join(folder, 'answer'), answer);
  writeFileSync(join(folder, 'npm'), `#!/bin/sh\ncat ${join(folder, 'answer')}; exit 1\n`, { mode: 0o755 });
  const list = join(folder, 'exceptions.json');
  writeFileSync(list, JSON.stringify(exceptions));
  const PATH = `${folder}:${dirname(process.execPath)}:/usr/bin:/bin`;
  const { status, stdout } = spawnSync(process.execPath, ['.ci/audit.js', list], {
    env: { PATH },
    encoding: 'utf8',
  });
  return { status, lines: stdout.trim().split('\n') };
}

const excepted = (id: string, until: string) => ({ id, reason: 'never reached', until });

test('a known hole fails, once for each advisory', () => {
  expect(audit(JSON.stringify(HOLED))).toEqual({
    status: 1,
    lines: ['audit: high: inner: a hole (GHSA-1)', 'audit: high: other: a hole (GHSA-2)'],
  });
});

test('one that is excepted with a reason passes until its last day', () => {
  const both = [excepted('GHSA-1', '2999-01-01'), excepted('GHSA-2', '2999-01-01')];
  expect(audit(JSON.stringify(HOLED), both).status).toBe(0);
  expect(audit(JSON.stringify(HOLED), [both[0] ?? {}, excepted('GHSA-2', '2020-01-01')]).status).toBe(1);
  expect(audit(JSON.stringify(HOLED), [both[0] ?? {}, { id: 'GHSA-2', until: '2999-01-01' }]).status).toBe(1);
});

test('an exception that is needed no more is said', () => {
  const answer = JSON.stringify({ auditReportVersion: 2, vulnerabilities: {} });
  expect(audit(answer, [excepted('GHSA-9', '2999-01-01')])).toEqual({
    status: 0,
    lines: ['audit: the exception GHSA-9 is needed no more', 'audit: no known holes that are not excepted'],
  });
});

test.each([[''], ['{"message":"405 Method Not Allowed","error":{"code":"E405"}}'], ['<html>']])(
  'a service that cannot be asked (%j) is said, and fails nothing',
  (answer) => {
    expect(audit(answer)).toEqual({
      status: 0,
      lines: ['audit: the service cannot be asked; nothing was looked at'],
    });
  },
);
