"use client";

import Link from "next/link";
import { useState } from "react";
import { formatDate, formatMinute } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";
import type { Schedule } from "@/core/api/schedules";
import { columnWords } from "../audiences/chosen-columns";
import { Badge } from "../ui/badge";
import { TextLink } from "../ui/text-link";
import { RunList } from "./run-list";
import { RunResult } from "./run-result";
import { ScheduleActions } from "./schedule-actions";
import { placeName, whatAndWhen } from "./schedule-words";

interface ScheduleCardProps {
  schedule: Schedule;
  /** By which of its two ends it is called here. */
  names: "audience" | "destination";
}

function stateOf({ status, lastRun, nextDueAt }: Schedule): readonly ["plain" | "in" | "out" | "accent", string] {
  if (lastRun?.status === "running") return ["accent", "Writing"];
  if (lastRun?.status === "waiting" || lastRun?.status === "failed") return ["out", "Failing"];
  if (status === "paused") return ["plain", "Paused"];
  return nextDueAt === null ? ["plain", "Rests: the audience is archived"] : ["in", "On schedule"];
}

/** One schedule: what goes where and when, the next time, the last file, and what can be done. */
export function ScheduleCard({ schedule, names }: ScheduleCardProps) {
  const timeZone = useTimeZone();
  const [open, setOpen] = useState(false);
  const { audience, destination, columns, nextDueAt, lastRun } = schedule;
  const [tone, words] = stateOf(schedule);
  const [name, href] =
    names === "audience"
      ? [audience.name, `/audiences/${audience.id}?view=files`]
      : [placeName(schedule), destination && `/destinations/${destination.id}?view=files`];
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-4 border border-line px-3.5 py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2">
            {href ? (
              <Link href={href} className="truncate font-head hover:underline">
                {name}
              </Link>
            ) : (
              <span className="min-w-0 font-head break-words">{name}</span>
            )}
            <Badge tone={tone}>{words}</Badge>
          </p>
          <p className="text-ink-2">
            {whatAndWhen(schedule)}: {columns.map(columnWords).join(", ")}
          </p>
        </div>
        <ScheduleActions schedule={schedule} />
      </div>
      {lastRun && <RunResult run={lastRun} />}
      <p className="text-12 text-ink-3">
        {nextDueAt !== null && (
          <>
            Next on{" "}
            <time dateTime={nextDueAt} className="tabular-nums">
              {formatDate(nextDueAt, timeZone)} {formatMinute(nextDueAt, timeZone)}
            </time>
            {" · "}
          </>
        )}
        <TextLink aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide the files made" : "Files made"}
        </TextLink>
      </p>
      {open && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-4 bg-sunken p-3">
          <RunList scheduleId={schedule.id} />
        </div>
      )}
    </li>
  );
}
