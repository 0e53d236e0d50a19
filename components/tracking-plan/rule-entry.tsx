"use client";

import { ChevronRight, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { formatNoun } from "@/client/format";
import { keyOfRule, replaceRule } from "@/client/plan-edits";
import type { TrackingPlan } from "@/core/api/tracking-plan";
import { ruleName, valueRuleWords } from "@/core/tracking-plan/changes";
import type { PlanProperty, PlanRule } from "@/core/tracking-plan/definition";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { useSavingPlan } from "./use-saving-plan";

const enforcementWords = { mark: "marked", drop: "cleaned", block: "held back" } as const;

interface RuleEntryProps {
  plan: TrackingPlan;
  rule: PlanRule;
  onEdit: () => void;
}

/** One rule: what it is for, and its properties when opened. */
export function RuleEntry({ plan, rule, onEdit }: RuleEntryProps) {
  const [open, setOpen] = useState(false);
  const { save, saving } = useSavingPlan(plan);
  const name = ruleName(rule);
  const required = rule.properties.filter((property) => property.required).length;
  return (
    <li className="border-t border-line">
      <div className="flex items-center gap-2">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="group flex min-h-row min-w-0 flex-1 items-center gap-2 rounded-2 py-1 text-left hover:bg-hover focus-visible:-outline-offset-2"
        >
          <ChevronRight
            aria-hidden
            className="flex-none text-ink-3 transition-transform group-aria-expanded:rotate-90"
          />
          <span className="min-w-0">
            <span className="block truncate font-word">{name}</span>
            {rule.description && <span className="block truncate text-12 text-ink-3">{rule.description}</span>}
          </span>
          <span className="flex-1" />
          {rule.onViolation && <Badge tone="violation">{enforcementWords[rule.onViolation]}</Badge>}
          <span className="flex-none text-12 text-ink-3 max-desk:hidden">
            {formatNoun(rule.properties.length, "property", "properties")}
            {required > 0 && `, ${required} required`}
          </span>
        </button>
        <Button look="quiet" icon aria-label={`Edit ${name}`} onClick={onEdit}>
          <Pencil aria-hidden />
        </Button>
        <Button
          look="quiet"
          icon
          disabled={saving}
          aria-label={`Take ${name} out of the plan`}
          onClick={() => void save(replaceRule(plan.definition, keyOfRule(rule), null), `${name} is out of the plan.`)}
        >
          <Trash2 aria-hidden />
        </Button>
      </div>
      {open && (
        <div className="pb-3 pl-6">
          {rule.properties.length === 0 ? (
            <p className="text-ink-3">Nothing is said of its properties.</p>
          ) : (
            <PropertyList properties={rule.properties} under="" />
          )}
          {rule.unplannedProperties === "violation" && (
            <p className="pt-1 text-12 text-ink-2">A property that is not named here is a violation.</p>
          )}
        </div>
      )}
    </li>
  );
}

function PropertyList({ properties, under }: { properties: readonly PlanProperty[]; under: string }) {
  return (
    <ul className="grid gap-1">
      {properties.map((property) => (
        <li key={property.name} className="min-w-0">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <code className="font-mono text-12 break-all">{`${under}${property.name}`}</code>
            <span className="text-12 break-words text-ink-2">{valueRuleWords(property)}</span>
            {property.required && <Badge tone="accent">required</Badge>}
          </p>
          {property.description && <p className="text-12 text-ink-3">{property.description}</p>}
          {property.items && <p className="text-12 text-ink-2">each: {valueRuleWords(property.items)}</p>}
          {property.properties && <PropertyList properties={property.properties} under={`${under}${property.name}.`} />}
          {property.items?.properties && (
            <PropertyList properties={property.items.properties} under={`${under}${property.name}[].`} />
          )}
        </li>
      ))}
    </ul>
  );
}
