import { inflateSync } from 'node:zlib';

const SIGNATURE_BYTES = 8;
/** Of a length, a type and a checksum. */
const FRAME_BYTES = 12;

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** How often each colour is in it, by its number: `0xff8a8a`. */
  readonly colours: ReadonlyMap<number, number>;
}

/** The colours of a PNG of 8 bits a channel, as a browser makes them. */
export function readPng(file: Buffer): Picture {
  const head = file.subarray(SIGNATURE_BYTES + 8);
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const channels = { 2: 3, 6: 4 }[head.readUInt8(9)];
  if (head.readUInt8(8) !== 8 || channels === undefined) throw new Error('another kind of PNG');
  const lines = inflateSync(Buffer.concat(dataOf(file)));
  const colours = new Map<number, number>();
  let above: Buffer = Buffer.alloc(width * channels);
  for (let row = 0; row < height; row += 1) {
    const start = row * (width * channels + 1);
    const line = unfiltered(lines.subarray(start, start + width * channels + 1), above, channels);
    for (let at = 0; at < line.length; at += channels) {
      const colour = line.readUIntBE(at, 3);
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
    above = line;
  }
  return { width, height, colours };
}

function dataOf(file: Buffer): readonly Buffer[] {
  const found: Buffer[] = [];
  for (let at = SIGNATURE_BYTES; at < file.length;) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      found.push(file.subarray(at + 8, at + 8 + length));
    at += FRAME_BYTES + length;
  }
  return found;
}

/** PNG, section 9: a byte says by which neighbours the line is told. */
function unfiltered(line: Buffer, above: Buffer, channels: number): Buffer {
  const filter = line.readUInt8(0);
  const made = Buffer.from(line.subarray(1));
  for (let at = 0; at < made.length; at += 1) {
    const left = at < channels ? 0 : (made[at - channels] ?? 0);
    const up = above[at] ?? 0;
    const corner = at < channels ? 0 : (above[at - channels] ?? 0);
    const guess = guessOf(filter, left, up, corner);
    made[at] = ((made[at] ?? 0) + guess) & 0xff;
  }
  return made;
}

function guessOf(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return Math.floor((left + up) / 2);
  return filter === 4 ? paeth(left, up, corner) : 0;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const near = Math.abs(guess - left);
  const far = Math.abs(guess - up);
  const last = Math.abs(guess - corner);
  if (near <= far && near <= last) return left;
  return far <= last ? up : corner;
}
