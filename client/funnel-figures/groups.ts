import type { FunnelFigures, FunnelGroup, FunnelStepResult } from "@/core/api/funnels";
import { scalarWords } from "@/core/audience/describe/operator-words";
import { scalar } from "@/core/audience/filter";
import type { JsonValue } from "@/core/event/message";
import type { FunnelDefinition } from "@/core/funnel/definition";

type Breakdown = NonNullable<FunnelDefinition["breakdown"]>;

/** What a breakdown is by: "plan", "step_name", "Stuck". */
export function splitName(breakdown: Breakdown, audienceName: string | undefined): string {
  if ("trait" in breakdown) return breakdown.trait;
  return "property" in breakdown ? breakdown.property : (audienceName ?? "the audience");
}

/** What a group is called: its value, "no plan" where there is none, "in Stuck" and "not in Stuck". */
export function groupName(value: JsonValue, breakdown: Breakdown, audienceName: string | undefined): string {
  const name = splitName(breakdown, audienceName);
  if ("audienceId" in breakdown) return value === true ? `in ${name}` : `not in ${name}`;
  if (value === null) return `no ${name}`;
  const plain = scalar.safeParse(value);
  return plain.success ? scalarWords(plain.data) : JSON.stringify(value);
}

/** Most groups that are drawn by themselves where there are others besides. */
const drawnGroups = 5;

interface DrawnGroups {
  groups: readonly FunnelGroup[];
  /** All groups but those drawn, together; absent where there are none. `count` of them. */
  others?: { count: number; steps: readonly FunnelStepResult[] };
}

/** The largest groups, and the others together: what is left of everybody, so that none is forgotten. */
export function groupsToDraw({ steps, breakdown = [], breakdownGroups }: FunnelFigures): DrawnGroups {
  const count = (breakdownGroups ?? breakdown.length) - drawnGroups;
  // One group that is left over is better drawn by its name.
  if (count <= 1) return { groups: breakdown.slice(0, drawnGroups + 1) };
  const groups = breakdown.slice(0, drawnGroups);
  const left = (step: number, of: "people" | "dropped" | "pending") =>
    groups.reduce((rest, group) => rest - (group.steps[step]?.[of] ?? 0), steps[step]?.[of] ?? 0);
  return {
    groups,
    others: {
      count,
      steps: steps.map(({ label }, step) => ({
        label,
        people: left(step, "people"),
        fromFirst: left(0, "people") === 0 ? null : left(step, "people") / left(0, "people"),
        fromPrevious: null,
        dropped: left(step, "dropped"),
        pending: left(step, "pending"),
      })),
    },
  };
}
