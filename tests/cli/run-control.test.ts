import { describe, expect, jest, test } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { withRunControl } from '../../src/cli/run-control.js';
import { duration } from '../../src/cli/options.js';

describe('the deadline of a run', () => {
  test.each(['25m', '25d', '36525d'])('of %s does not go off at once', async (text) => {
    const aborted = await withRunControl(duration(text), text, async ({ signal }) => {
      await wait(50);
      return signal.aborted;
    });
    expect(aborted).toBe(false);
  });

  test('of a few milliseconds ends work that listens, by its own name', async () => {
    const run = withRunControl(20, '20ms', ({ signal }) => wait(60_000, undefined, { signal }));
    await expect(run).rejects.toMatchObject({
      kind: 'deadline',
      message: 'the run reached its deadline of 20ms',
    });
  });

  test('that passes while a run that was told to stop finishes its commit does not cut that off', async () => {
    const exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
    const demanded = await withRunControl(20, '20ms', async ({ demandedExit }) => {
      process.emit('SIGTERM', 'SIGTERM');
      await wait(100);
      return demandedExit();
    });
    expect(demanded).toBe(143);
    expect(exit).not.toHaveBeenCalled();
    exit.mockRestore();
  });
});
