declare module 'fs-native-extensions' {
  /** An exclusive lock on an open file, false where another has it; the kernel ends it with the process. */
  export function tryLock(fd: number): boolean;
  export function unlock(fd: number): void;
}
