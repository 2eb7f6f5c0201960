import { closeSync, openSync, readSync } from 'node:fs';

/** The bytes of a file, at most one more than `most`: a device such as /dev/zero has no end. Throws as `openSync` does. */
export function readBytes(path: string, most: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(most + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length <= most; length += read) {
      read = readSync(file, bytes, length, bytes.length - length, null);
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}
