/** A block of a page that shows what `--help` prints. */
const USAGE = /^```text\n\$ exchange-sync ((?:[a-z]+ )*--help)\n[^]*?^```$/gm;

/** The page with each of its usage blocks as the program prints it now. */
export function withUsage(page: string, helpOf: (args: readonly string[]) => string): string {
  return page.replace(USAGE, (_, command: string) => {
    const help = helpOf(command.split(' ')).trimEnd();
    return `\`\`\`text\n$ exchange-sync ${command}\n${help}\n\`\`\``;
  });
}

/** The commands whose usage the page shows. */
export const shownCommands = (page: string): readonly string[] =>
  [...page.matchAll(USAGE)].map(([, command = '']) => command);
