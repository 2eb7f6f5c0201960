import { expect } from '@jest/globals';
import { join } from 'node:path';
import { mountSmallDisk } from '../support/small-disk.js';
import { fill, openStage, SINCE } from '../support/stage.js';
import { fault } from './fault.js';

fault(
  'D5',
  async () => {
    const disk = mountSmallDisk(160);
    const stage = await openStage();
    fill(stage.account, stage.simulator.world.now());
    const env = { EXCHANGE_SYNC_DATA_DIR: join(disk.folder, 'data') };
    try {
      expect((await stage.run(['sync', ...SINCE], { env })).code).toBe(0);
      disk.fill();
      for (const command of ['sync', 'show', 'export']) {
        const { code, stderr } = await stage.run([command], { env });
        expect({ command, code, stderr }).toEqual({
          ...{ command, code: 74 },
          stderr: expect.stringMatching(/is full.*Fix: Free disk space.*nothing has to be moved/s) as unknown,
        });
        expect(stderr).not.toContain('damaged');
      }
      const checked = await stage.run(['check', '--offline', '--only', 'database'], { env });
      expect(checked).toMatchObject({ code: 2, stdout: expect.stringContaining('is full') as unknown });
      disk.makeRoom();
      expect((await stage.run(['show'], { env })).code).toBe(0);
    } finally {
      await stage.end();
      disk.remove();
    }
  },
  120_000,
);
