"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { formatCount, formatDate, formatDay } from "@/client/format";
import { historyDays, sizeHistoryQuery } from "@/client/queries/audience-insight";
import { useTimeZone } from "@/client/queries/workspace";
import type { AudienceDefinition } from "@/core/audience/definition";
import { SizeChart, type SizePoint } from "../charts/size-chart";
import { TextLink } from "../ui/text-link";
import { useLasting } from "../ui/use-lasting";
import { PeopleOf, type PeopleShown } from "./people-of";

interface SizeLineProps {
  definition: AudienceDefinition;
  /** Drawn dashed beside it: what a draft would replace. */
  saved?: { name: string; definition: AudienceDefinition } | undefined;
  /** A newer count than that of the line, which then ends with it. */
  now?: { count: number; asOf: string };
}

const length = historyDays + 1;
const slowMs = 1_000;

/** How many were in at the end of each of the last days: exact counts of those moments, drawn as they come. */
export function SizeLine({ definition, saved, now }: SizeLineProps) {
  const client = useQueryClient();
  const timeZone = useTimeZone();
  const [shown, setShown] = useState<PeopleShown | null>(null);
  const options = sizeHistoryQuery(definition);
  const query = useQuery(options);
  const before = useQuery(sizeHistoryQuery(saved?.definition ?? null)).data;
  const slow = useLasting(query.isFetching, slowMs, definition);
  const points = endingWith(query.data ?? [], now);
  const open = (point: SizePoint) =>
    setShown({
      title: `In it at the end of ${formatDate(point.at, timeZone)}`,
      question: { kind: "members", definition, asOf: point.at },
    });
  const stop = () => client.cancelQueries({ queryKey: options.queryKey, exact: true }, { revert: false });
  const note = slow ? (
    <>
      {points.length} of {length} days counted · <TextLink onClick={() => void stop()}>Stop</TextLink>
    </>
  ) : !query.isFetching && !query.isError && points.length < length ? (
    <>
      {points.length} of {length} days counted, then stopped.{" "}
      <TextLink onClick={() => void query.refetch()}>Count the days</TextLink>
    </>
  ) : (
    saved &&
    before && (
      <span className="flex gap-4 text-ink-2">
        <Key>this draft</Key>
        <Key dashed>{saved.name}</Key>
      </span>
    )
  );
  return (
    <section aria-label="Size over 30 days" className="min-h-[108px]">
      {points.length > 0 && (
        <SizeChart
          label={findingOf(points)}
          series={[
            { name: saved ? "This draft" : "People", points },
            ...(saved && before ? [{ name: saved.name, points: before, dashed: true }] : []),
          ]}
          length={length}
          timeZone={timeZone}
          onOpen={open}
          note={note}
        />
      )}
      {points.length === 0 && <p className="text-12 text-ink-3">{note}</p>}
      {query.isError && (
        <p role="alert" className="text-12 text-violation">
          The size over 30 days could not be counted. {messageOf(query.error)}{" "}
          <TextLink onClick={() => void query.refetch()}>Try again</TextLink>
        </p>
      )}
      <PeopleOf shown={shown} onClose={() => setShown(null)} />
    </section>
  );
}

function endingWith(points: readonly SizePoint[], now: SizeLineProps["now"]): readonly SizePoint[] {
  const [newest, ...older] = points;
  if (!newest || !now || now.asOf <= newest.at) return points;
  return [{ ...newest, at: now.asOf, count: now.count }, ...older];
}

function findingOf(points: readonly SizePoint[]): string {
  const [newest] = points;
  const oldest = points.at(-1);
  if (!newest || !oldest || points.length < length)
    return `Size over 30 days: ${points.length} of ${length} days counted`;
  return `Size over 30 days: from ${formatCount(oldest.count)} on ${formatDay(oldest.day)} to ${formatCount(newest.count)} now`;
}

function Key({ dashed = false, children }: { dashed?: boolean; children: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <svg width={14} height={4} aria-hidden="true">
        <path
          d="M0 2H14"
          stroke={dashed ? "var(--chart-axis)" : "var(--chart-1)"}
          strokeWidth={1.5}
          strokeDasharray={dashed ? "3 3" : undefined}
        />
      </svg>
      {children}
    </span>
  );
}
