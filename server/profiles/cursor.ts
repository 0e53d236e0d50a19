import { AppError } from "@/core/errors";

/** Where a page of a list in Order ended: a moment in milliseconds and what tells equal moments apart. */
export interface Position {
  moment: number;
  tie: bigint;
}

export function formatCursor({ moment, tie }: Position): string {
  return `${moment}_${tie}`;
}

/** Errors: `invalid` at `cursor` for text that no page was answered with. */
export function parseCursor(cursor: string): Position {
  const [, moment, tie] = /^(-?\d{1,15})_(\d{1,19})$/.exec(cursor) ?? [];
  if (moment === undefined || tie === undefined) {
    throw new AppError("invalid", "This cursor is not one that a page was answered with.", "cursor");
  }
  return { moment: Number(moment), tie: BigInt(tie) };
}
