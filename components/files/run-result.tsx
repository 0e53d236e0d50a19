"use client";

import { formatBytes, formatClock, formatNoun, formatPeople } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";
import type { ScheduleRun } from "@/core/api/schedules";
import { Age } from "../ui/age";
import { CopyButton } from "../ui/copy-button";

/** What came of a run, in words. */
export function RunResult({ run }: { run: ScheduleRun }) {
  const timeZone = useTimeZone();
  const { status, rows, bytes, location, message, attempts, retryAt, finishedAt } = run;
  if (status === "running") {
    return <p className="text-ink-2">Writing{rows !== null && `: ${formatPeople(rows)} so far`}</p>;
  }
  if (status === "waiting") {
    return (
      <p role="alert" className="text-out">
        {message} Tried {formatNoun(attempts, "time")}; it is tried again
        {retryAt !== null && ` at ${formatClock(retryAt, timeZone)}`}.
      </p>
    );
  }
  if (status === "failed") {
    return (
      <p className="text-out">
        {message ?? "It was not done before the next one began."} Tried {formatNoun(attempts, "time")}.
      </p>
    );
  }
  return (
    <div className="min-w-0">
      <p className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-ink-2">
        <span className="tabular-nums">
          {formatPeople(rows ?? 0)}, {formatBytes(bytes ?? 0)}
        </span>
        {finishedAt && (
          <>
            · <Age at={finishedAt} />
          </>
        )}
      </p>
      {location !== null && (
        <p className="flex min-w-0 items-center gap-1 text-12 text-ink-3">
          <span className="min-w-0 break-all">{location}</span>
          <CopyButton text={location} label="Copy where it is" />
        </p>
      )}
      {message !== null && <p className="text-violation">{message}</p>}
    </div>
  );
}
