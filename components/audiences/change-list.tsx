"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Pause, Play, X } from "lucide-react";
import { useState } from "react";
import { newerThan } from "@/client/change-log";
import { formatDate, formatNoun } from "@/client/format";
import { changesByDayQuery, olderChangesQuery } from "@/client/queries/memberships";
import { useTimeZone } from "@/client/queries/workspace";
import type { AudienceWithCount } from "@/core/api/audiences";
import type { MembershipChange } from "@/core/api/memberships";
import { ExplanationSheet } from "../explanation/explanation-sheet";
import { Button } from "../ui/button";
import { Problem } from "../ui/field";
import { NextPageProblem, nextPage } from "../ui/next-page";
import { Segmented } from "../ui/segmented";
import { ListSkeleton } from "../ui/skeleton";
import { usePageVirtualizer } from "../ui/use-page-virtualizer";
import { useRowHeight } from "../ui/use-row-height";
import { ChangeRow, changedPerson } from "./change-row";
import { NoChange } from "./no-change";
import type { ChangeFilterState } from "./use-change-filter";
import type { LiveChanges } from "./use-live-changes";

interface ChangeListProps {
  audience: AudienceWithCount;
  live: LiveChanges | undefined;
  filter: ChangeFilterState;
}

const kinds = [
  { value: "all", label: "All" },
  { value: "entered", label: "Entered" },
  { value: "exited", label: "Left" },
] as const;

const nobody: LiveChanges = { changes: [], hasOlder: true, state: "connecting", isHeard: true };

/** Who entered and left, the latest first: as it happens, and back to the beginning of the log. */
export function ChangeList({ audience, live = nobody, filter }: ChangeListProps) {
  const timeZone = useTimeZone();
  const { change, day, setChange, setDay } = filter;
  const days = useQuery(changesByDayQuery(audience.id)).data?.items;
  const span = day === undefined ? undefined : days?.find((one) => one.day === day);
  const [still, setStill] = useState<LiveChanges | null>(null);
  const [asked, setAsked] = useState<MembershipChange>();
  const shown = still ?? live;
  const narrowed = { change, ...(span && { from: span.from, to: span.to }) };
  const older = useInfiniteQuery({
    ...olderChangesQuery(audience.id, shown.changes.at(-1)?.cursor, narrowed),
    enabled: shown.isHeard && shown.hasOlder,
  });
  const fits = (one: MembershipChange) =>
    (change === undefined || one.change === change) && (!span || (one.at >= span.from && one.at < span.to));
  const changes = [...shown.changes.filter(fits), ...(older.data?.pages.flatMap(({ items }) => items) ?? [])];
  const waits = !shown.isHeard || (shown.hasOlder && older.isPending);
  return (
    <section aria-label="Latest changes" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="font-head">Latest changes</h2>
        <Segmented
          label="Which changes"
          value={change ?? "all"}
          options={kinds}
          onChange={(next) => setChange(next === "all" ? undefined : next)}
        />
        {day !== undefined && (
          <Button onClick={() => setDay(undefined)} aria-label={`Not only ${formatDate(`${day}T00:00:00Z`, "UTC")}`}>
            {formatDate(`${day}T00:00:00Z`, "UTC")}
            <X aria-hidden />
          </Button>
        )}
        {audience.archivedAt === null && (
          <div className="ml-auto flex items-center gap-3">
            <Status live={live} waiting={still ? newerThan(live.changes, still.changes) : undefined} />
            <Button onClick={() => setStill(still ? null : live)}>
              {still ? <Play aria-hidden /> : <Pause aria-hidden />}
              {still ? "Go on" : "Pause"}
            </Button>
          </div>
        )}
      </div>
      {older.isError && older.data === undefined ? (
        <Problem>
          The changes could not be loaded. <Button onClick={() => void older.refetch()}>Retry</Button>
        </Problem>
      ) : changes.length > 0 ? (
        <Rows changes={changes} timeZone={timeZone} onNearEnd={nextPage(older)} onWhy={setAsked} />
      ) : waits ? (
        <ListSkeleton rows={6} label="Loading changes" />
      ) : (
        <NoChange audience={audience} filter={filter} />
      )}
      <NextPageProblem query={older} />
      {asked && (
        <ExplanationSheet
          person={{ id: asked.profileId, name: changedPerson(asked) }}
          against={{ id: audience.id, name: audience.name }}
          asOf={asked.at}
          onClose={() => setAsked(undefined)}
        />
      )}
    </section>
  );
}

/** `waiting` is how many have come since it was paused. */
function Status({ live, waiting }: { live: LiveChanges; waiting: number | undefined }) {
  const words =
    live.state === "lost"
      ? "The connection is lost; it is tried again."
      : waiting !== undefined
        ? `Paused · ${formatNoun(waiting, "new change")}`
        : live.state === "open"
          ? "Live"
          : "Connecting";
  return (
    <p role="status" className="text-12 text-ink-3">
      {words}
    </p>
  );
}

interface RowsProps {
  changes: readonly MembershipChange[];
  timeZone: string;
  onNearEnd: (() => void) | undefined;
  onWhy: (change: MembershipChange) => void;
}

function Rows({ changes, timeZone, onNearEnd, onWhy }: RowsProps) {
  const list = usePageVirtualizer<HTMLOListElement>({
    count: changes.length,
    rowHeight: useRowHeight(),
    ...(onNearEnd && { onNearEnd }),
  });
  return (
    <ol ref={list.ref} aria-label="Changes" className="relative" style={{ height: list.height }}>
      {list.rows.map((row) => {
        const change = changes[row.index];
        return (
          change && (
            <li
              key={change.cursor}
              data-index={row.index}
              ref={list.measure}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${row.start - list.top}px)` }}
            >
              <ChangeRow change={change} timeZone={timeZone} onWhy={() => onWhy(change)} />
            </li>
          )
        );
      })}
    </ol>
  );
}
