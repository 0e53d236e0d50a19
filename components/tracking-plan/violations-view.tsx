"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatDate, formatDay, formatNoun } from "@/client/format";
import { violationsQuery } from "@/client/queries/tracking-plan";
import type { TrackingPlan, ViolationGroup } from "@/core/api/tracking-plan";
import { ColumnChart } from "../charts/column-chart";
import { SourceFilter } from "../sources/source-filter";
import { EmptyState } from "../ui/empty-state";
import { Fetched } from "../ui/fetched";
import { Segmented } from "../ui/segmented";
import { ListSkeleton } from "../ui/skeleton";
import { ViolationEntry } from "./violation-entry";

const spans = [
  { value: "1", label: "Today" },
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
] as const;

/** What goes against the plan, in groups, the most frequent first. */
export function ViolationsView({ plan }: { plan: TrackingPlan }) {
  const [days, setDays] = useState<(typeof spans)[number]["value"]>("7");
  const [source, setSource] = useState("");
  const query = useQuery(violationsQuery(Number(days), source || undefined));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <div className="flex flex-wrap items-center gap-2">
        <SourceFilter value={source} onChange={setSource} />
        <Segmented label="Span" value={days} options={spans} onChange={setDays} />
      </div>
      <Fetched query={query} what="The violations" loading={<ListSkeleton rows={6} label="Loading the violations" />}>
        {(data) => <Groups plan={plan} days={data.days} groups={data.items} />}
      </Fetched>
    </div>
  );
}

interface GroupsProps {
  plan: TrackingPlan;
  days: readonly string[];
  groups: readonly ViolationGroup[];
}

function Groups({ plan, days, groups }: GroupsProps) {
  const noon = (day: string) => `${day}T12:00:00Z`;
  if (groups.length === 0) {
    return (
      <EmptyState title="Nothing goes against the plan" className="max-w-2xl">
        <p>
          {plan.definition.rules.length === 0
            ? "There is no plan yet, so every message is as expected."
            : "Every message of these days is as the plan expects it."}
        </p>
      </EmptyState>
    );
  }
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      {days.length > 1 && (
        <section aria-label="By day">
          <ColumnChart
            label={`${formatNoun(total, "violation")} in ${days.length} days.`}
            unit="violations"
            columns={days.map((day, index) => ({
              key: day,
              label: formatDay(day),
              title: formatDate(noon(day), "UTC"),
              value: groups.reduce((sum, { daily }) => sum + (daily[index] ?? 0), 0),
            }))}
          />
        </section>
      )}
      <section aria-label="Groups">
        <div className="flex items-baseline gap-2 pb-1.5">
          <h2 className="font-head">By event and property</h2>
          <span className="text-12 text-ink-3">{formatNoun(total, "violation")}</span>
        </div>
        <ul>
          {groups.map((group) => (
            <ViolationEntry
              key={`${group.kind} ${group.type} ${group.event} ${group.property}`}
              plan={plan}
              group={group}
            />
          ))}
        </ul>
      </section>
    </>
  );
}
