/**
 * Preloaded into a child (`node --import`): its clock is CLOCK_SHIFT_MS away from this machine's, so that
 * simulated days can pass between two runs of the unchanged program.
 */
const RealDate = Date;
const shift = Number.parseInt(process.env['CLOCK_SHIFT_MS'] ?? '0', 10);

class ShiftedDate extends RealDate {
  constructor(...args: [] | [number | string | Date]) {
    if (args.length === 0) super(RealDate.now() + shift);
    else super(args[0]);
  }

  static override now(): number {
    return RealDate.now() + shift;
  }
}

if (shift !== 0) globalThis.Date = ShiftedDate as DateConstructor;
