import type { AudienceDefinition } from "@/core/audience/definition";
import { figureDefinition } from "@/core/funnel/to-audience";
import type { Figure } from "./figure";

/**
 * The people of a figure as a definition that stays live; null where conditions cannot tell exactly them: of funnels that
 * are strict, in any order, counted from the first start, with exclusions or steps that may be skipped, and of people
 * picked out by when they started, how long they took, what group they are in or whether they still have time.
 */
export function liveAudienceOf({ scope: { funnel }, selector }: Figure): AudienceDefinition | null {
  const { pending, group, entered, took } = selector;
  if (pending || group || entered || took) return null;
  const { order = "ordered", entry = "any", exclude = [], steps } = funnel;
  const plain =
    order === "ordered" && entry === "any" && exclude.length === 0 && !steps.some(({ optional }) => optional);
  return plain ? figureDefinition(funnel, selector) : null;
}
