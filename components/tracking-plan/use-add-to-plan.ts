import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { keyOfRule, withProperty, withRules } from "@/client/plan-edits";
import { readSuggestion } from "@/client/queries/tracking-plan";
import type { TrackingPlan, ViolationGroup } from "@/core/api/tracking-plan";
import { ruleTypes } from "@/core/tracking-plan/definition";
import { notifyProblem } from "../ui/toast";
import { useSavingPlan } from "./use-saving-plan";

/**
 * Takes into the plan what is not in it, as it was seen: an event with its properties, or one property of an event. `add` is
 * absent for violations of another kind.
 */
export function useAddToPlan(plan: TrackingPlan, { kind, type, event, property }: ViolationGroup) {
  const { save, saving } = useSavingPlan(plan);
  const [looking, setLooking] = useState(false);
  const ruleType = ruleTypes.find((known) => known === type);
  const isNested = property.includes(".") || property.includes("[]");
  const isOpen = kind === "unplanned_event" || (kind === "unplanned_property" && !isNested);
  if (ruleType === undefined || !isOpen) return { add: null, adding: false };

  const addSeen = async () => {
    const { items } = await readSuggestion(ruleType, event);
    const [seen] = items;
    const { definition } = plan;
    if (kind === "unplanned_event") {
      // What was held back is stored nowhere, so that there may be nothing to learn from.
      const rule = seen?.rule ?? { type: ruleType, ...(event === "" ? {} : { event }), properties: [] };
      return save(withRules(definition, [rule]), `${event || type} is in the plan.`);
    }
    const found = seen?.rule.properties.find(({ name }) => name === property) ?? { name: property };
    const { required: _, ...optional } = found;
    return save(
      withProperty(definition, keyOfRule({ type: ruleType, event: event || undefined }), optional),
      `${property} is in the plan.`,
    );
  };
  const add = () => {
    setLooking(true);
    addSeen()
      .catch((error: unknown) => notifyProblem(messageOf(error)))
      .finally(() => setLooking(false));
  };
  return { add, adding: saving || looking };
}
