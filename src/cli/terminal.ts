const DEFAULT_WIDTH = 100;

/** NO_COLOR and FORCE_COLOR win over what the stream is; `hasColors` alone does not know NO_COLOR on Node 20. */
export function coloured(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return stream.isTTY && TERM !== 'dumb';
}

/** Columns of the terminal; undefined COLUMNS and no terminal give a common page width. */
export function widthOf(stream: NodeJS.WriteStream): number {
  const columns = Number.parseInt(process.env['COLUMNS'] ?? '', 10);
  if (stream.isTTY) return stream.columns;
  return columns > 0 ? columns : DEFAULT_WIDTH;
}
