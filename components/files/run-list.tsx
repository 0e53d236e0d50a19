"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { formatMoment } from "@/client/format";
import { scheduleRunsQuery } from "@/client/queries/schedules";
import { useTimeZone } from "@/client/queries/workspace";
import type { ScheduleRun } from "@/core/api/schedules";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Fetched } from "../ui/fetched";
import { NextPageProblem, nextPage } from "../ui/next-page";
import { ListSkeleton } from "../ui/skeleton";
import { RunResult } from "./run-result";

const marks = {
  done: ["in", "done"],
  running: ["accent", "writing"],
  waiting: ["violation", "tried again"],
  failed: ["out", "failed"],
} as const satisfies Record<ScheduleRun["status"], readonly [string, string]>;

/** Every file of a schedule that was made or failed, the latest first. */
export function RunList({ scheduleId }: { scheduleId: string }) {
  const query = useInfiniteQuery(scheduleRunsQuery(scheduleId));
  const timeZone = useTimeZone();
  const more = nextPage(query);
  return (
    <>
      <Fetched query={query} what="The files" loading={<ListSkeleton rows={2} label="Loading files" />}>
        {(runs) =>
          runs.length === 0 ? (
            <p className="text-ink-3">No file has been made yet.</p>
          ) : (
            <ul aria-label="Files made" className="grid grid-cols-[minmax(0,1fr)] gap-2">
              {runs.map((run) => {
                const [tone, words] = marks[run.status];
                return (
                  <li key={run.id} className="grid gap-0.5 border-t border-line pt-2 first:border-0 first:pt-0">
                    <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                      <span className="tabular-nums">{formatMoment(run.asOf, timeZone)}</span>
                      <Badge tone={tone}>{words}</Badge>
                      {run.dueAt === null && <span className="text-12 text-ink-3">asked for by hand</span>}
                    </p>
                    <RunResult run={run} />
                  </li>
                );
              })}
            </ul>
          )
        }
      </Fetched>
      {more && (
        <div>
          <Button onClick={more}>Show more</Button>
        </div>
      )}
      <NextPageProblem query={query} />
    </>
  );
}
