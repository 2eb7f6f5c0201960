const DEFAULT_WIDTH = 100;

/** NO_COLOR and FORCE_COLOR win over what the stream is; `hasColors` alone does not know NO_COLOR on Node 20. */
export function coloured(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return stream.isTTY && TERM !== 'dumb';
}

/** COLUMNS wins over the terminal's own width, which is 0 if unset, as under script(1) in cron. */
export function widthOf(stream: NodeJS.WriteStream, otherwise = DEFAULT_WIDTH): number {
  const asked = Number.parseInt(process.env['COLUMNS'] ?? '', 10);
  const width = asked > 0 ? asked : stream.isTTY ? stream.columns : 0;
  return width > 0 ? width : otherwise;
}
