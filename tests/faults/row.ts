/** What can go wrong, what must happen then, and with which exit status. */
export interface Row {
  readonly fault: string;
  readonly behaviour: string;
  readonly exits: string;
}

export const row = (fault: string, behaviour: string, exits: string): Row => ({ fault, behaviour, exits });
