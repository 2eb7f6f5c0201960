// Known holes in what is installed: fails on any that .ci/audit-exceptions.json does not name with a reason
// and a last day. Where the service cannot be asked it says so and fails nothing: the next run asks again.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

const EXCEPTIONS = process.argv[2] ?? '.ci/audit-exceptions.json';
const say = (line) => process.stdout.write(`audit: ${line}\n`);

const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8' });
const report = parsed(stdout);
if (report?.vulnerabilities === undefined) say('the service cannot be asked; nothing was looked at');
else process.exitCode = judge(advisoriesIn(report), JSON.parse(readFileSync(EXCEPTIONS, 'utf8')));

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A package that is there through another names that one alone; each hole is told where it is. */
function advisoriesIn({ vulnerabilities }) {
  const all = Object.values(vulnerabilities).flatMap(({ via }) =>
    via.filter((cause) => typeof cause === 'object'),
  );
  const byId = new Map(
    all.map(({ url, name, title, severity }) => [url.split('/').at(-1), { name, title, severity }]),
  );
  return [...byId].map(([id, advisory]) => ({ id, ...advisory }));
}

function judge(advisories, exceptions) {
  const today = new Date().toISOString().slice(0, 10);
  const isExcepted = ({ id }) => exceptions.some((one) => one.id === id && one.reason && one.until >= today);
  const found = advisories.filter((advisory) => !isExcepted(advisory));
  for (const { id, name, severity, title } of found) say(`${severity}: ${name}: ${title} (${id})`);
  for (const { id } of exceptions) {
    if (!advisories.some((advisory) => advisory.id === id)) say(`the exception ${id} is needed no more`);
  }
  if (found.length === 0) say('no known holes that are not excepted');
  return found.length === 0 ? 0 : 1;
}
