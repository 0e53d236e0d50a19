"use client";

import { useState } from "react";
import { formatNoun } from "@/client/format";
import { keyOfRule } from "@/client/plan-edits";
import type { TrackingPlan } from "@/core/api/tracking-plan";
import { ruleName } from "@/core/tracking-plan/changes";
import type { PlanRule } from "@/core/tracking-plan/definition";
import { SearchInput } from "../ui/input";
import { EnforcementTable } from "./enforcement-table";
import { NoPlanYet } from "./no-plan-yet";
import { RuleDialog } from "./rule-dialog";
import { RuleEntry } from "./rule-entry";

/** Every rule of the plan, and what each source does with messages that are otherwise. */
export function PlanView({ plan }: { plan: TrackingPlan }) {
  const [search, setSearch] = useState("");
  const [edited, setEdited] = useState<PlanRule | null>(null);
  const { rules } = plan.definition;
  if (rules.length === 0) return <NoPlanYet plan={plan} />;
  const sought = search.trim().toLowerCase();
  const shown = rules.filter(
    (rule) =>
      ruleName(rule).toLowerCase().includes(sought) ||
      rule.properties.some(({ name }) => name.toLowerCase().includes(sought)),
  );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-7">
      <section aria-label="Rules">
        <div className="flex flex-wrap items-center gap-3 pb-2">
          <h2 className="font-head">Expected</h2>
          <span className="text-12 text-ink-3">{formatNoun(rules.length, "rule")}</span>
          <div className="flex-1" />
          <SearchInput
            aria-label="Search the plan"
            placeholder="Event or property"
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </div>
        {shown.length === 0 && (
          <p className="border-t border-line py-2 text-ink-2">Nothing in the plan is called so.</p>
        )}
        <ul>
          {shown.map((rule) => (
            <RuleEntry key={keyOfRule(rule)} plan={plan} rule={rule} onEdit={() => setEdited(rule)} />
          ))}
        </ul>
      </section>
      <EnforcementTable sources={plan.sources} />
      <RuleDialog
        key={edited ? keyOfRule(edited) : ""}
        plan={plan}
        rule={edited}
        open={edited !== null}
        onClose={() => setEdited(null)}
      />
    </div>
  );
}
