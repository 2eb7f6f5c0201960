/** A block of README.md that shows what `--help` prints. */
const USAGE = /^```text\n\$ exchange-sync ((?:[a-z]+ )*--help)\n[^]*?^```$/gm;

/** README.md with each of its usage blocks as the program prints it now. */
export function withUsage(readme: string, helpOf: (args: readonly string[]) => string): string {
  return readme.replace(USAGE, (_, command: string) => {
    const help = helpOf(command.split(' ')).trimEnd();
    return `\`\`\`text\n$ exchange-sync ${command}\n${help}\n\`\`\``;
  });
}

/** The commands whose usage README.md shows. */
export const shownCommands = (readme: string): readonly string[] =>
  [...readme.matchAll(USAGE)].map(([, command = '']) => command);
