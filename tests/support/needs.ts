import { execFileSync } from 'node:child_process';

/** Fails by name where a Debian package is not there: a suite that was skipped in silence would prove nothing. */
export function needsPackage(name: string, command: string = name, ask = '-V'): void {
  try {
    execFileSync(command, [ask], { stdio: 'ignore' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') return;
    throw new Error(`this suite needs ${name}: apt-get install ${name}`, { cause });
  }
}

export function needsRoot(what: string): void {
  if (process.getuid?.() !== 0) throw new Error(`this suite ${what}: run it as root, in a container`);
}
