"use client";

import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { keyOfRule, replaceRule, withRules } from "@/client/plan-edits";
import { draftOf, emptyProperty, type PropertyDraft, type RuleDraft, ruleOf } from "@/client/rule-draft";
import type { TrackingPlan } from "@/core/api/tracking-plan";
import { AppError } from "@/core/errors";
import { parseInput } from "@/core/parse-input";
import { ruleName } from "@/core/tracking-plan/changes";
import { enforcements, type PlanRule, planDefinition, ruleTypes } from "@/core/tracking-plan/definition";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Dialog, DialogActions, DialogContent } from "../ui/dialog";
import { Field, Problem } from "../ui/field";
import { Input, Select } from "../ui/input";
import { PropertyEditor } from "./property-editor";
import { useSavingPlan } from "./use-saving-plan";

const callWords = {
  track: "An event",
  page: "A page",
  screen: "A screen",
  identify: "Traits of users",
  group: "Traits of groups",
} as const;
const enforcementWords = {
  "": "As its source says",
  mark: "Take and mark",
  drop: "Drop what is wrong",
  block: "Hold back",
} as const;

interface RuleDialogProps {
  plan: TrackingPlan;
  /** Null for a new one. */
  rule: PlanRule | null;
  open: boolean;
  onClose: () => void;
}

export function RuleDialog({ plan, rule, open, onClose }: RuleDialogProps) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()}>
      <DialogContent
        title={rule ? `Edit ${ruleName(rule)}` : "Add to the plan"}
        className="top-[6vh] max-h-[88dvh] max-w-3xl"
      >
        <RuleForm plan={plan} rule={rule} onClose={onClose} />
      </DialogContent>
    </Dialog>
  );
}

/** The plan with the rule of the draft, or what is wrong with it. */
function planWith(plan: TrackingPlan, rule: PlanRule | null, draft: RuleDraft) {
  const made = ruleOf(draft);
  const { definition } = plan;
  const isTaken = definition.rules.some((other) => other !== rule && keyOfRule(other) === keyOfRule(made));
  if (isTaken) return { problem: "There is a rule of this name already." };
  if (made.type === "track" && made.event === undefined) return { problem: "An event needs its name." };
  const next = rule ? replaceRule(definition, keyOfRule(rule), made) : withRules(definition, [made]);
  try {
    return { definition: parseInput(planDefinition, next, "The plan"), name: ruleName(made) };
  } catch (error) {
    if (error instanceof AppError) return { problem: error.message };
    throw error;
  }
}

function RuleForm({ plan, rule, onClose }: Omit<RuleDialogProps, "open">) {
  const [draft, setDraft] = useState(() => draftOf(rule));
  const [problem, setProblem] = useState<string | null>(null);
  const { save, saving } = useSavingPlan(plan);
  const change = (changes: Partial<RuleDraft>) => setDraft({ ...draft, ...changes });
  const changeProperty = (id: string, property: PropertyDraft | null) =>
    change({ properties: draft.properties.flatMap((old) => (old.id === id ? (property ? [property] : []) : [old])) });
  const isNamed = draft.type !== "identify" && draft.type !== "group";
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const next = planWith(plan, rule, draft);
    setProblem(next.problem ?? null);
    if (next.definition && (await save(next.definition, `${next.name} is in the plan.`))) onClose();
  };
  return (
    <form className="grid gap-3" onSubmit={(event) => void submit(event)}>
      <div className="grid grid-cols-[170px_minmax(0,1fr)] gap-3 max-desk:grid-cols-1">
        <Field label="What it is for">
          <Select
            value={draft.type}
            disabled={rule !== null}
            onChange={({ target }) => change({ type: ruleTypes.find((type) => type === target.value) ?? "track" })}
          >
            {ruleTypes.map((type) => (
              <option key={type} value={type}>
                {callWords[type]}
              </option>
            ))}
          </Select>
        </Field>
        {isNamed && (
          <Field
            label="Name"
            hint={draft.type === "track" ? undefined : "Without a name: all that have no rule of their own."}
          >
            <Input value={draft.event} autoComplete="off" onChange={({ target }) => change({ event: target.value })} />
          </Field>
        )}
      </div>
      <Field label="Description">
        <Input value={draft.description} onChange={({ target }) => change({ description: target.value })} />
      </Field>
      <section aria-label={isNamed ? "Properties" : "Traits"} className="grid gap-2">
        <h3 className="text-12 text-ink-2">{isNamed ? "Properties" : "Traits"}</h3>
        {draft.properties.map((property) => (
          <PropertyEditor
            key={property.id}
            property={property}
            onChange={(next) => changeProperty(property.id, next)}
            onRemove={() => changeProperty(property.id, null)}
          />
        ))}
        <Button
          className="justify-self-start"
          onClick={() => change({ properties: [...draft.properties, emptyProperty(crypto.randomUUID())] })}
        >
          <Plus aria-hidden />
          Add {isNamed ? "a property" : "a trait"}
        </Button>
      </section>
      <Checkbox
        checked={draft.closed}
        onChange={(closed) => change({ closed })}
        label="What is not named here is a violation"
      />
      <Field label="A message that is otherwise">
        <Select
          value={draft.onViolation}
          onChange={({ target }) =>
            change({ onViolation: enforcements.find((choice) => choice === target.value) ?? "" })
          }
        >
          {(["", ...enforcements] as const).map((choice) => (
            <option key={choice} value={choice}>
              {enforcementWords[choice]}
            </option>
          ))}
        </Select>
      </Field>
      {problem && <Problem>{problem}</Problem>}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={saving}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}
