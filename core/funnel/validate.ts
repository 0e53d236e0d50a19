import { type ValidationContext, validateDefinition } from "../audience/validate";
import type { FunnelDefinition } from "./definition";
import { checkAudience, validateFunnelRules } from "./validate-rules";

/**
 * Throws `invalid` for what the shape alone does not tell: a range that is none, a filter's text that is no date, a step
 * that there is not, a reference to no audience. Paths start at `at`, where the funnel stands in what was sent.
 */
export function validateFunnel(funnel: FunnelDefinition, context: ValidationContext): void {
  const { at = "funnel", timeZone, audiences } = context;
  const { audienceId, definition } = funnel;
  validateFunnelRules(funnel, context);
  if (audienceId !== undefined) checkAudience(audienceId, `${at}.audienceId`, context);
  if (definition) validateDefinition(definition, { timeZone, audiences, at: `${at}.definition` });
}
