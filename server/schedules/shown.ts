import type { Prisma, ScheduleRun as RunRow } from "@/generated/prisma/client";
import type { Schedule, ScheduleRun } from "../../core/api/schedules";
import { fileTiming, nextDue } from "../../core/files/timing";
import { storedFormat } from "../files/stored-format";

export const withNames = {
  audience: { select: { id: true, name: true, key: true, archivedAt: true } },
  destination: { select: { id: true, name: true, tool: true } },
  runs: { orderBy: { id: "desc" }, take: 1 },
} as const;
export type StoredSchedule = Prisma.ScheduleGetPayload<{ include: typeof withNames }>;

export function shownRun(row: RunRow): ScheduleRun {
  return {
    id: row.id,
    scheduleId: row.scheduleId,
    dueAt: row.dueAt?.toISOString() ?? null,
    asOf: row.asOf.toISOString(),
    status: row.status === "running" && row.retryAt !== null ? "waiting" : row.status,
    attempts: row.attempts,
    retryAt: row.retryAt?.toISOString() ?? null,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    rows: row.rows,
    bytes: row.bytes === null ? null : Number(row.bytes),
    location: row.location,
    message: row.message,
  };
}

/** While its audience is archived nothing is made either. */
export const isResting = ({ status, audience }: Pick<StoredSchedule, "status" | "audience">) =>
  status !== "running" || audience.archivedAt !== null;

export function shownSchedule(row: StoredSchedule, { timeZone, now }: { timeZone: string; now: number }): Schedule {
  const timing = fileTiming.parse(row.timing);
  const [last] = row.runs;
  return {
    id: row.id,
    audience: { id: row.audience.id, name: row.audience.name },
    destination: row.destination,
    emails: row.emails,
    columns: row.columns,
    format: storedFormat(row.format),
    timing,
    status: row.status,
    nextDueAt: isResting(row) ? null : new Date(nextDue(timing, timeZone, now)).toISOString(),
    lastRun: last === undefined ? null : shownRun(last),
    createdAt: row.createdAt.toISOString(),
  };
}
