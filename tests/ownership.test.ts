import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  chmodSync,
  chownSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { distrust, targetOf, type Use } from '../src/ownership.js';
import { needsRoot } from './support/needs.js';

const ROOT = 0;
const SELF = 12_345;
const STRANGER = 65_534;

let folder: string;

beforeAll(() => {
  needsRoot('gives files to other users');
});
beforeEachFolder();

function beforeEachFolder(): void {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'exchange-sync-ownership-'));
    chmodSync(folder, 0o755);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
}

/** What this user is told; 'trusted' for nothing. */
function asUser(uid: number, path: string, use: Use): string {
  process.seteuid?.(uid);
  try {
    return distrust(path, use)?.replace(folder, '') ?? 'trusted';
  } finally {
    process.seteuid?.(ROOT);
  }
}
afterEach(() => {
  process.seteuid?.(ROOT);
});

let count = 0;

interface Made {
  readonly owner: number;
  readonly mode?: number;
  readonly group?: number;
}

/** A file in a folder of its own. */
function made(file: Made, parent: Made = { owner: ROOT }): string {
  count += 1;
  const within = join(folder, String(count));
  mkdirSync(within);
  const path = join(within, 'file');
  writeFileSync(path, '');
  for (const [at, { owner, mode, group }, usual] of [
    [path, file, 0o600],
    [within, parent, 0o755],
  ] as const) {
    chownSync(at, owner, group ?? owner);
    chmodSync(at, mode ?? usual);
  }
  return path;
}

const USES: readonly Use[] = ['read', 'append', 'folder'];
const TRUSTED: readonly (readonly [user: number, owner: number])[] = [
  [ROOT, ROOT],
  [SELF, SELF],
  [SELF, ROOT],
];
const FOREIGN: readonly (readonly [user: number, owner: number])[] = [
  [ROOT, SELF],
  [ROOT, STRANGER],
  [SELF, STRANGER],
];

describe.each(USES)('a path to %s', (use) => {
  test.each(TRUSTED)('by user %i of user %i is trusted', (user, owner) => {
    expect(asUser(user, made({ owner }), use)).toBe('trusted');
  });

  test.each(FOREIGN)('by user %i of user %i is not', (user, owner) => {
    expect(asUser(user, made({ owner }), use)).toMatch(
      new RegExp(`/file belongs to another user \\(${owner}\\)$`),
    );
  });

  test.each([...TRUSTED, ...FOREIGN])('by user %i over a link of user %i', (user, owner) => {
    const link = `${made({ owner: user })}.link`;
    symlinkSync('file', link);
    lchownSync(link, owner, owner);
    const isForeign = FOREIGN.some((pair) => pair[0] === user && pair[1] === owner);
    expect(asUser(user, link, use)).toMatch(
      isForeign ? new RegExp(`file.link is a link that another user \\(${owner}\\) made$`) : /^trusted$/,
    );
  });

  test('that is not there is trusted, and one over a foreign link to a folder is not', () => {
    expect(asUser(SELF, join(folder, 'nothing', 'there'), use)).toBe('trusted');
    const within = join(made({ owner: SELF }), '..');
    const link = join(folder, `planted-${use}`);
    symlinkSync(within, link);
    lchownSync(link, STRANGER, STRANGER);
    expect(asUser(SELF, join(link, 'file'), use)).toContain('is a link that another user (65534) made');
  });
});

describe('what is read', () => {
  test.each<[string, Made, Made, boolean]>([
    ['readable by all', { owner: SELF, mode: 0o644 }, { owner: ROOT }, true],
    [
      'of root, readable by all, as secrets in containers are',
      { owner: ROOT, mode: 0o444 },
      { owner: ROOT },
      true,
    ],
    ['writable by its group', { owner: SELF, mode: 0o660 }, { owner: ROOT }, false],
    ['writable by all', { owner: SELF, mode: 0o606 }, { owner: ROOT }, false],
    ['in a folder of another user', { owner: SELF }, { owner: STRANGER }, false],
    ['in a folder that all may write to', { owner: SELF }, { owner: SELF, mode: 0o777 }, false],
    [
      'in a folder that a foreign group may write to',
      { owner: SELF },
      { owner: SELF, mode: 0o775, group: 99 },
      false,
    ],
    [
      "in a folder that this user's own group may write to",
      { owner: SELF },
      { owner: SELF, mode: 0o775 },
      true,
    ],
    [
      "in a folder of root's that a group may write to",
      { owner: SELF },
      { owner: ROOT, mode: 0o2775, group: 99 },
      true,
    ],
    ['in a sticky folder, as /tmp is', { owner: SELF }, { owner: ROOT, mode: 0o1777 }, true],
  ])('and is %s', (_title, file, parent, isTrusted) => {
    expect(asUser(SELF, made(file, parent), 'read')).toMatch(
      isTrusted ? /^trusted$/ : /(can be changed by other users|belongs to another user \(65534\))$/,
    );
  });

  test('may be a secret of Kubernetes: links of root to a dated folder, below a sticky one', () => {
    const volume = join(folder, 'volume');
    mkdirSync(join(volume, '..2026_01_31'), { recursive: true });
    writeFileSync(join(volume, '..2026_01_31', 'key'), '');
    chmodSync(join(volume, '..2026_01_31', 'key'), 0o644);
    symlinkSync('..2026_01_31', join(volume, '..data'));
    symlinkSync('..data/key', join(volume, 'key'));
    chmodSync(volume, 0o1777);
    expect(asUser(SELF, join(volume, 'key'), 'read')).toBe('trusted');
    expect(targetOf(join(volume, 'key'))).toBe(join(volume, '..2026_01_31', 'key'));
  });
});

test('a link leads where it would be made, and one that leads to itself nowhere', () => {
  symlinkSync('new/log', join(folder, 'dangling'));
  expect(targetOf(join(folder, 'dangling'))).toBe(join(folder, 'new', 'log'));
  symlinkSync('loop', join(folder, 'loop'));
  expect(() => targetOf(join(folder, 'loop'))).toThrow('leads to no file');
});
