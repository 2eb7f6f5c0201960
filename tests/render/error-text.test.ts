import { describe, expect, test } from '@jest/globals';
import { nothingConfigured } from '../../src/config/first-steps.js';
import { orThrow, type Problem } from '../../src/config/problems.js';
import { ExpectedError } from '../../src/errors.js';
import { renderError } from '../../src/render/error-text.js';

const PLAIN = { colour: false, exitCode: 78 };

function errorOf(...problems: readonly Problem[]): ExpectedError {
  try {
    orThrow({ ok: false, problems });
  } catch (error) {
    if (error instanceof ExpectedError) return error;
  }
  throw new Error('nothing was thrown');
}

describe('the first steps', () => {
  const at = (width: number) =>
    renderError(errorOf(nothingConfigured()), { ...PLAIN, width })
      .trimEnd()
      .split('\n');

  test.each([40, 80, 100])('fit a terminal of %i columns, each below its number', (width) => {
    const lines = at(width);
    expect(lines.filter((line) => line.length > width)).toEqual([]);
    expect(lines[0]).toBe('Error: no exchange account is configured');
    expect(lines[1]).toMatch(/^ {2}Fix: 1\. Create/);
    expect(lines.at(-1)).toBe('  Exit code 78.');
    expect(lines.slice(2, -1).filter((line) => !/^ {7}(\d\. | {3}(- | {2})?)\S/.test(line))).toEqual([]);
  });

  test('take about ten lines', () => {
    expect(at(80).length).toBeLessThanOrEqual(12);
  });

  test('stay together if another setting is wrong too', () => {
    const { message } = errorOf(nothingConfigured(), { what: 'odd', fix: 'even' });
    expect(message).toMatch(/^2 settings need attention:\n {2}- no exchange.*\n {4}1\. Create/);
    expect(
      message
        .split('\n')
        .slice(1)
        .filter((line) => !/^ {2}(- | {2})\S| {7}- /.test(line)),
    ).toEqual([]);
  });
});

test('a fix of one line is whole at any width: it may be a command to copy', () => {
  const fix = 'chmod 600 /home/somebody/with/a/long/name/.env /and/another/file';
  const text = renderError(new ExpectedError('config', 'odd', { fix }), { ...PLAIN, width: 40 });
  expect(text).toBe(`Error: odd\n  Fix: ${fix}\n  Exit code 78.\n`);
});
