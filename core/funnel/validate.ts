import { checkWhere, checkWindow, type ValidationContext, validateDefinition } from "../audience/validate";
import { AppError } from "../errors";
import type { FunnelDefinition } from "./definition";

/**
 * Throws `invalid` for what the shape alone does not tell: a range that is none, a filter's text that is no date, a
 * reference to no audience. Paths start at `at`, where the funnel stands in what was sent.
 */
export function validateFunnel(
  { steps, range, audienceId, definition }: FunnelDefinition,
  { timeZone, audiences, at = "funnel" }: ValidationContext,
): void {
  for (const [index, step] of steps.entries()) checkWhere(step, `${at}.steps[${index}]`, timeZone);
  if (range) checkWindow({ kind: "range", ...range }, `${at}.range`, timeZone);
  if (audienceId !== undefined && !audiences.has(audienceId)) {
    throw new AppError("invalid", `There is no audience with the id “${audienceId}”.`, `${at}.audienceId`);
  }
  if (definition) validateDefinition(definition, { timeZone, audiences, at: `${at}.definition` });
}
