"use client";

import { useQuery } from "@tanstack/react-query";
import { formatCount, formatDate, formatDay, formatMinute } from "@/client/format";
import { changesByDayQuery, daysOfChanges } from "@/client/queries/memberships";
import { useTimeZone } from "@/client/queries/workspace";
import type { DayOfChanges } from "@/core/api/memberships";
import { ChangeChart, type ChangeColumn } from "../charts/change-chart";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";

interface ChangeDaysProps {
  id: string;
  onDay: (day: string) => void;
}

/** Entries and exits of the last days. Those by which the audience began or came to mean something else are told apart. */
export function ChangeDays({ id, onDay }: ChangeDaysProps) {
  const timeZone = useTimeZone();
  const query = useQuery(changesByDayQuery(id));
  return (
    <section aria-label="Entries and exits per day">
      <Fetched query={query} what="The days" loading={<ListSkeleton rows={4} label="Loading the days" />}>
        {({ items, asOf }) => {
          const days = items.toReversed();
          const columns = days.map(columnOf);
          const [entered, exited] = [sumOf(columns, "up"), sumOf(columns, "down")];
          const finding = `${formatCount(entered)} entered and ${formatCount(exited)} left in ${daysOfChanges} days`;
          return (
            <>
              <div className="flex flex-wrap items-baseline gap-x-3 pb-2">
                <h2 className="font-head">
                  Entries and exits <span className="font-text text-ink-3">per day</span>
                </h2>
                <p className="text-12 text-ink-3">{finding}</p>
                {columns.some(({ mark }) => mark !== undefined) && (
                  <p className="ml-auto flex items-center gap-1.5 text-12 text-ink-3">
                    <svg width={12} height={12} aria-hidden="true">
                      <path d="M6 1l5 5l-5 5l-5 -5z" fill="var(--surface)" stroke="var(--ink-2)" strokeWidth={1.5} />
                    </svg>
                    made or changed: whom that moved is left out of the columns
                  </p>
                )}
              </div>
              <ChangeChart
                label={`Entries and exits per day: ${finding}`}
                columns={columns}
                words={{ up: "entered", down: "left" }}
                markHead="By the definition"
                unfinishedUntil={formatMinute(asOf, timeZone)}
                onOpen={(index) => {
                  const day = days[index]?.day;
                  if (day !== undefined) onDay(day);
                }}
              />
            </>
          );
        }}
      </Fetched>
    </section>
  );
}

function columnOf({ day, entered, exited, byDefinition }: DayOfChanges): ChangeColumn {
  const isMarked = byDefinition.entered + byDefinition.exited > 0;
  return {
    key: day,
    label: formatDay(day),
    title: formatDate(`${day}T00:00:00Z`, "UTC"),
    up: entered - byDefinition.entered,
    down: exited - byDefinition.exited,
    mark: isMarked
      ? `by the definition ${formatCount(byDefinition.entered)} entered, ${formatCount(byDefinition.exited)} left`
      : undefined,
  };
}

function sumOf(columns: readonly ChangeColumn[], side: "up" | "down"): number {
  return columns.reduce((sum, column) => sum + column[side], 0);
}
