"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { planQuery } from "@/client/queries/tracking-plan";
import { Page } from "../shell/page";
import { Badge } from "../ui/badge";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { Tabs } from "../ui/tabs";
import { PlanActions } from "./plan-actions";
import { PlanVersions } from "./plan-versions";
import { PlanView } from "./plan-view";
import { ViolationsView } from "./violations-view";

const tabs = ["plan", "violations", "versions"] as const;

/** What is expected of messages, what goes against it, and how the plan came to be. */
export function TrackingPlanPage() {
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(tabs).withDefault("plan"));
  const query = useQuery(planQuery);
  const plan = query.data;
  return (
    <Page
      title="Tracking plan"
      aside={plan && plan.version > 0 && <Badge className="max-desk:hidden">version {plan.version}</Badge>}
      actions={plan && plan.definition.rules.length > 0 && <PlanActions plan={plan} />}
    >
      <Fetched query={query} what="The plan" loading={<ListSkeleton rows={8} label="Loading the plan" />}>
        {(loaded) => (
          <Tabs
            label="Tracking plan"
            value={tab}
            onChange={(next) => void setTab(next)}
            tabs={[
              { value: "plan", label: "Plan", content: <PlanView plan={loaded} /> },
              { value: "violations", label: "Violations", content: <ViolationsView plan={loaded} /> },
              { value: "versions", label: "Versions", content: <PlanVersions plan={loaded} /> },
            ]}
          />
        )}
      </Fetched>
    </Page>
  );
}
