import type { ScheduleRun } from "@/generated/prisma/client";
import { AppError } from "../../core/errors";
import { fileTiming, lastDue, nextDue } from "../../core/files/timing";
import { DeliveryError, type DeliveryFault } from "../destinations/delivery-error";
import { isUniqueViolation } from "../metadata/unique-violation";
import { pauseBefore } from "../syncs/pauses";
import type { Next } from "../syncs/work-loop";
import { getWorkspace } from "../workspace/workspace";
import { makeFile } from "./make-file";
import type { MakeSurroundings } from "./making";
import { isResting, type StoredSchedule, withNames } from "./shown";

/** Attempts that a run gets: over an hour where somebody must mend something, ten minutes else. */
const attemptsOfRun = 10;
/** Runs that are kept in the log of a schedule. */
const runsKept = 500;
/** The clock of the machine may be set, and the zone of the workspace chosen anew, without anybody telling. */
const longestWaitMs = 60_000;

/**
 * The next piece of a schedule: the run that it is time for, else the one that was begun, else nothing until it is time. That it was time
 * is stored with the run in one transaction, so that each moment has one run whatever cuts it off; of several moments that were missed,
 * the last one has. Rejects with the signal's reason.
 */
export async function advanceSchedule(id: string, around: MakeSurroundings, signal: AbortSignal): Promise<Next> {
  const { metadata, now } = around;
  const schedule = await metadata.schedule.findUnique({ where: { id }, include: withNames });
  if (schedule === null) return "gone";
  const { timeZone } = await getWorkspace(metadata);
  const timing = fileTiming.parse(schedule.timing);
  const at = now().getTime();
  const due = lastDue(timing, timeZone, at);
  if (!isResting(schedule) && due > schedule.doneUntil.getTime()) {
    await beginRun(schedule, new Date(due), around);
    return "more";
  }
  const begun = await metadata.scheduleRun.findFirst({
    where: { scheduleId: id, status: "running" },
    orderBy: { id: "asc" },
  });
  const retryAt = begun?.retryAt?.getTime() ?? 0;
  if (begun !== null && retryAt <= at) {
    await attempt(schedule, begun, around, signal);
    return "more";
  }
  const next = isResting(schedule) ? Number.POSITIVE_INFINITY : nextDue(timing, timeZone, at);
  const until = begun === null ? next : Math.min(next, retryAt);
  return { wait: Math.min(longestWaitMs, until - at) };
}

async function beginRun({ id }: StoredSchedule, dueAt: Date, { metadata, now }: MakeSurroundings): Promise<void> {
  const startedAt = now();
  try {
    await metadata.$transaction([
      metadata.scheduleRun.updateMany({
        where: { scheduleId: id, status: "running" },
        data: { status: "failed", finishedAt: startedAt, retryAt: null },
      }),
      metadata.scheduleRun.create({ data: { scheduleId: id, dueAt, asOf: dueAt, startedAt } }),
      metadata.schedule.updateMany({ where: { id }, data: { doneUntil: dueAt } }),
    ]);
  } catch (error) {
    // It has had its run, before the timing or the zone was chosen anew.
    if (!isUniqueViolation(error)) throw error;
    await metadata.schedule.updateMany({ where: { id }, data: { doneUntil: dueAt } });
  }
  const [oldest] = await metadata.scheduleRun.findMany({
    where: { scheduleId: id },
    orderBy: { id: "desc" },
    skip: runsKept,
    take: 1,
    select: { id: true },
  });
  if (oldest !== undefined) {
    await metadata.scheduleRun.deleteMany({ where: { scheduleId: id, id: { lte: oldest.id } } });
  }
}

async function attempt(
  schedule: StoredSchedule,
  run: ScheduleRun,
  around: MakeSurroundings,
  signal: AbortSignal,
): Promise<void> {
  const { metadata, now } = around;
  const store = (data: Parameters<typeof metadata.scheduleRun.updateMany>[0]["data"]) =>
    metadata.scheduleRun.updateMany({ where: { id: run.id, status: "running" }, data });
  const attempts = run.attempts + 1;
  if (attempts > attemptsOfRun) {
    const message = run.message ?? "It was cut off again and again.";
    await store({ status: "failed", finishedAt: now(), retryAt: null, message });
    return;
  }
  await store({ attempts, retryAt: null });
  try {
    const made = await makeFile(schedule, run, around, signal);
    await store({ ...made, status: "done", finishedAt: now() });
  } catch (error) {
    signal.throwIfAborted();
    const { fault, message, retryAfterMs } = faultOf(error, run.id, around);
    const isOver = fault === "invalid" || attempts === attemptsOfRun;
    const retryAt = new Date(now().getTime() + pauseBefore(attempts, fault, retryAfterMs));
    await store(isOver ? { status: "failed", finishedAt: now(), message } : { retryAt, message });
  }
}

interface Fault {
  fault: DeliveryFault;
  message: string;
  retryAfterMs: number | undefined;
}

function faultOf(error: unknown, runId: string, { log }: MakeSurroundings): Fault {
  if (error instanceof DeliveryError) return error;
  if (error instanceof AppError) {
    // What is not set up or was removed is somebody's to mend; a store that is busy is not.
    const fault = error.code === "conflict" || error.code === "not_found" ? "settings" : "unavailable";
    return { fault, message: error.message, retryAfterMs: undefined };
  }
  log.error({ err: error, runId }, "A scheduled file failed; it is tried again");
  return {
    fault: "unavailable",
    message: "Something went wrong on the server; its log says what.",
    retryAfterMs: undefined,
  };
}
