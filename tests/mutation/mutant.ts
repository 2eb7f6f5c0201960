import type { InvariantName } from '../chaos/invariants/all.js';
import type { FaultId } from '../faults/matrix.js';

/** Below `src/`; `from` is there exactly once. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A deliberate break. */
export interface Break {
  /** What the program lacks with it, as the end of "without …". */
  readonly lacks: string;
  /** More than one where one line of defence stands behind another. */
  readonly edits: readonly Edit[];
}

/** A break that the one test of its row must notice. */
export interface Mutant extends Break {
  readonly row: FaultId;
}

/** A break that random campaigns must notice, by this invariant. */
export interface CampaignMutant extends Break {
  readonly invariant: InvariantName;
}

export const edit = (file: string, from: string, to: string): Edit => ({ file, from, to });

export const mutant = (row: FaultId, lacks: string, ...edits: readonly Edit[]): Mutant => ({
  row,
  lacks,
  edits,
});

/** The text with the edit made; throws where the place is not there, or there more than once. */
export function applied({ file, from, to }: Edit, text: string): string {
  const found = text.split(from).length - 1;
  if (found !== 1) throw new Error(`src/${file} has the text of its mutant ${found} times: ${from}`);
  return text.replace(from, () => to);
}
