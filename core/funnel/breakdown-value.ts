import type { Subject } from "../audience/subject";
import { traitValues } from "../audience/trait-values";
import { valuesAt } from "../audience/value";
import type { JsonValue } from "../event/message";
import type { FunnelResult } from "./evaluate";
import { groupValue } from "./group";
import type { FunnelBreakdown } from "./rules";

/**
 * The value by which a breakdown tells one person from others: a trait's at `now`, a property's on the chain's event of its
 * step, or whether they are in an audience, which `isMember` tells.
 */
export function breakdownValue(
  breakdown: FunnelBreakdown | undefined,
  { chain }: FunnelResult,
  subject: Subject,
  isMember: (audienceId: string) => boolean,
): JsonValue {
  if (!breakdown) return null;
  if ("audienceId" in breakdown) return isMember(breakdown.audienceId);
  if ("trait" in breakdown) return groupValue(traitValues(breakdown.trait, subject));
  const link = chain.find(({ step }) => step === breakdown.step);
  return groupValue(link ? valuesAt(link.message.properties, breakdown.property) : []);
}
