import { dateOf } from "../audience/date";
import type { AudiencesById } from "../audience/references";
import { checkReferences } from "../audience/references";
import { AppError } from "../errors";
import type { FunnelDefinition } from "./definition";

/**
 * Throws `invalid` for what the shape alone does not tell: a range that is no range, a reference to no audience.
 * `path` is where the funnel stands in what was sent.
 */
export function validateFunnel(
  { range, audienceId, definition }: FunnelDefinition,
  { timeZone, audiences }: { timeZone: string; audiences: AudiencesById },
  path = "funnel",
): void {
  if (range) {
    const from = dateAt(range.from, timeZone, `${path}.range.from`);
    const to = dateAt(range.to, timeZone, `${path}.range.to`);
    if (from >= to) throw new AppError("invalid", "The range must end after it starts.", `${path}.range.to`);
  }
  if (audienceId !== undefined && !audiences.has(audienceId)) {
    throw new AppError("invalid", `There is no audience with the id “${audienceId}”.`, `${path}.audienceId`);
  }
  if (definition) within(`${path}.definition`, () => checkReferences(definition, audiences));
}

function dateAt(text: string, timeZone: string, path: string): number {
  const date = dateOf(text, timeZone);
  if (date === undefined) {
    throw new AppError("invalid", `“${text}” is not a date. Write it as 2026-11-23 or 2026-11-23T14:30:00Z.`, path);
  }
  return date;
}

/** Runs a check whose paths start at `root`, and has them start at `path`. */
function within(path: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const inner = error.path === undefined ? path : `${path}.${error.path}`;
    throw new AppError(error.code, error.message, inner, { cause: error });
  }
}
