/** Gives ids in order: `r7`, then `r8`. `next` is kept with the draft. */
export class RowIds {
  constructor(public next: number) {}

  take(): string {
    const id = `r${this.next}`;
    this.next += 1;
    return id;
  }
}
