/**
 * Preloaded into a child (`node --import`): its clock is CLOCK_SHIFT_MS away from this machine's, so that
 * simulated days can pass between two runs of the unchanged program; and it jumps by CLOCK_JUMP_MS once
 * CLOCK_JUMP_AFTER_MS have passed.
 */
const RealDate = Date;
const setting = (name: string): number => Number.parseInt(process.env[name] ?? '0', 10);

const shift = setting('CLOCK_SHIFT_MS');
const jump = setting('CLOCK_JUMP_MS');
const jumpsAt = RealDate.now() + setting('CLOCK_JUMP_AFTER_MS');

function now(): number {
  const real = RealDate.now();
  return real + shift + (real < jumpsAt ? 0 : jump);
}

class ShiftedDate extends RealDate {
  constructor(...args: [] | [number | string | Date]) {
    if (args.length === 0) super(now());
    else super(args[0]);
  }

  static override now(): number {
    return now();
  }
}

if (shift !== 0 || jump !== 0) globalThis.Date = ShiftedDate as DateConstructor;
