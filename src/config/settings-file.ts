import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { distrust } from '../ownership.js';

export type FileRead =
  | { readonly ok: true; readonly bytes: Buffer; readonly isReadableByOthers: boolean }
  /** `untrusted`: another user decides what it holds. */
  | {
      readonly ok: false;
      readonly kind: 'absent' | 'untrusted' | 'unreadable' | 'large';
      readonly why: string;
    };

const READABLE_BY_OTHERS = 0o077;

/**
 * The bytes of a file whose content is obeyed: a regular file of at most `most` bytes that only this
 * user and root can change. Content that is not obeyed may be anybody's. Never waits for a pipe, never reads
 * a device, and throws only what `isObeyed` throws.
 */
export function readSettingsFile(
  path: string,
  most: number,
  isObeyed: (bytes: Buffer) => boolean = () => true,
): FileRead {
  const read = attempted(() => readWhole(path, most));
  if (!read.ok || !isObeyed(read.bytes)) return read;
  return attempted(() => {
    const why = distrust(path, 'read');
    return why === undefined ? read : { ok: false, kind: 'untrusted', why };
  });
}

function attempted(work: () => FileRead): FileRead {
  try {
    return work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { ok: false, kind: code === 'ENOENT' ? 'absent' : 'unreadable', why: message };
  }
}

function readWhole(path: string, most: number): FileRead {
  if (!statSync(path).isFile()) return { ok: false, kind: 'unreadable', why: 'it is not a regular file' };
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(file);
    const bytes = upTo(file, most + 1);
    if (bytes.length > most) return { ok: false, kind: 'large', why: `it is larger than ${most} bytes` };
    return { ok: true, bytes, isReadableByOthers: (stats.mode & READABLE_BY_OTHERS) !== 0 };
  } finally {
    closeSync(file);
  }
}

/** Files of /proc have no size and a content all the same. */
function upTo(file: number, most: number): Buffer {
  const bytes = Buffer.allocUnsafe(most);
  let length = 0;
  for (let read = -1; read !== 0 && length < most; length += read) {
    read = readSync(file, bytes, length, most - length, null);
  }
  return bytes.subarray(0, length);
}
