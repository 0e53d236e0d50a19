import { type CompiledPlan, compilePlan } from "../../core/tracking-plan/check";
import { emptyPlan, enforcements, planDefinition } from "../../core/tracking-plan/definition";
import type { ActivePlan } from "../ingest/plan-check";
import type { Metadata } from "../metadata/scoped";

export interface Enforced {
  checked: boolean;
  violations: (typeof enforcements)[number];
  unplannedEvents: "mark" | "block";
}

/** What the plan does with the messages of a source of which nothing was said. */
export const usualEnforcement: Enforced = { checked: true, violations: "mark", unplannedEvents: "mark" };

/** The plan of a workspace as it holds now, in memory, made ready once for each version. */
export class PlanKeeper {
  #compiled: CompiledPlan | null = null;
  #active = new Map<string, ActivePlan | null>();
  #usual: ActivePlan | null = null;

  private constructor(readonly metadata: Metadata) {}

  static async open(metadata: Metadata): Promise<PlanKeeper> {
    const keeper = new PlanKeeper(metadata);
    await keeper.reload();
    return keeper;
  }

  /** Takes over what is stored. To be called after every change. */
  async reload(): Promise<void> {
    const [stored, rows] = await Promise.all([
      this.metadata.trackingPlanVersion.findFirst({ orderBy: { version: "desc" } }),
      this.metadata.planEnforcement.findMany(),
    ]);
    const definition = stored === null ? emptyPlan : planDefinition.parse(stored.definition);
    this.#compiled = definition.rules.length === 0 ? null : compilePlan(definition);
    this.#usual = this.#activeFor(usualEnforcement);
    this.#active = new Map(rows.map((row) => [row.sourceId, this.#activeFor(enforcedOf(row))]));
  }

  /** What is asked of the messages of a source; null where nothing is. */
  readonly planOf = (source: string): ActivePlan | null => {
    const own = this.#active.get(source);
    return own === undefined ? this.#usual : own;
  };

  #activeFor({ checked, violations, unplannedEvents }: Enforced): ActivePlan | null {
    return this.#compiled === null || !checked ? null : { plan: this.#compiled, violations, unplannedEvents };
  }
}

/** A row as it is meant; what it cannot mean is as usual. */
export function enforcedOf(row: { checked: boolean; violations: string; unplannedEvents: string }): Enforced {
  return {
    checked: row.checked,
    violations: enforcements.find((known) => known === row.violations) ?? usualEnforcement.violations,
    unplannedEvents: row.unplannedEvents === "block" ? "block" : "mark",
  };
}
