import type { NewSchedule, Schedule, ScheduleChanges, ScheduleRun } from "../../core/api/schedules";
import { AppError } from "../../core/errors";
import { usualColumns } from "../../core/files/columns";
import { destinationOf } from "../destinations/registry";
import { neededMailer } from "../mail/mailer";
import type { Services } from "../services";
import { getWorkspace } from "../workspace/workspace";
import { type StoredSchedule, shownRun, shownSchedule, withNames } from "./shown";

type Stores = Pick<Services, "metadata" | "now">;
interface PageOf {
  limit: number;
  after: string | undefined;
}

async function shown({ metadata, now }: Stores, rows: readonly StoredSchedule[]): Promise<Schedule[]> {
  const { timeZone } = await getWorkspace(metadata);
  return rows.map((row) => shownSchedule(row, { timeZone, now: now().getTime() }));
}

/** Errors: `not_found`. */
async function readSchedule({ metadata }: Pick<Services, "metadata">, id: string): Promise<StoredSchedule> {
  const row = await metadata.schedule.findUnique({ where: { id }, include: withNames });
  if (row === null) throw new AppError("not_found", "There is no schedule with this id.");
  return row;
}

export async function listSchedules(
  stores: Stores,
  { audienceId, destinationId }: { audienceId?: string | undefined; destinationId?: string | undefined },
  { limit, after }: PageOf,
): Promise<Schedule[]> {
  const rows = await stores.metadata.schedule.findMany({
    where: {
      ...(audienceId !== undefined && { audienceId }),
      ...(destinationId !== undefined && { destinationId }),
      ...(after !== undefined && { id: { gt: after } }),
    },
    orderBy: { id: "asc" },
    take: limit,
    include: withNames,
  });
  return shown(stores, rows);
}

/** Errors: `not_found`. */
export async function getSchedule(stores: Stores, id: string): Promise<Schedule> {
  const [found] = await shown(stores, [await readSchedule(stores, id)]);
  if (found === undefined) throw new Error("What is read is shown");
  return found;
}

/** Where files go is one place. Errors: `invalid`; `conflict` where mail would be needed and is not set up. */
async function readPlace(
  services: Pick<Services, "metadata" | "mailer">,
  { destinationId, emails }: { destinationId?: string | undefined; emails?: string[] | undefined },
) {
  if (destinationId !== undefined && emails !== undefined) {
    throw new AppError("invalid", "Give a destination or email addresses, not both.", "emails");
  }
  if (emails !== undefined) {
    neededMailer(services);
    return { destinationId: null, emails: [...new Set(emails)] };
  }
  if (destinationId === undefined) {
    throw new AppError(
      "invalid",
      "Say where the file goes: to a destination that takes files, or by email.",
      "destinationId",
    );
  }
  const row = await services.metadata.destination.findUnique({ where: { id: destinationId }, select: { tool: true } });
  if (row === null) throw new AppError("invalid", "There is no destination with this id.", "destinationId");
  const { tool, store } = destinationOf(row.tool);
  if (store === undefined) {
    throw new AppError("invalid", `${tool.name} takes no files. Choose another destination.`, "destinationId");
  }
  return { destinationId, emails: [] };
}

/** Errors: `invalid`, `conflict`. */
export async function createSchedule(
  services: Services,
  { audienceId, timing, columns = [...usualColumns], format = "csv", ...place }: NewSchedule,
  createdBy: string | null,
): Promise<Schedule> {
  const { metadata, now, schedules } = services;
  const audience = await metadata.audience.findUnique({ where: { id: audienceId }, select: { archivedAt: true } });
  if (audience === null) throw new AppError("invalid", "There is no audience with this id.", "audienceId");
  if (audience.archivedAt !== null) {
    throw new AppError("invalid", "This audience is archived. Bring it back first.", "audienceId");
  }
  const where = await readPlace(services, place);
  const { id } = await metadata.schedule.create({
    data: { audienceId, ...where, columns, format, timing, doneUntil: now(), createdBy },
  });
  schedules.start(id);
  return getSchedule(services, id);
}

/** What is under way is begun again as it is now. Errors: `not_found`, `invalid`, `conflict`. */
export async function updateSchedule(services: Services, id: string, changes: ScheduleChanges): Promise<Schedule> {
  const { metadata, now, schedules } = services;
  const { destinationId, emails, columns, format, timing, status } = changes;
  const row = await readSchedule(services, id);
  const where =
    destinationId === undefined && emails === undefined ? {} : await readPlace(services, { destinationId, emails });
  // What passed while it was paused, or by another timing, is not made up for.
  const begins = timing !== undefined || (status === "running" && row.status === "paused");
  await metadata.schedule.updateMany({
    where: { id },
    data: { ...where, columns, format, timing, status, ...(begins && { doneUntil: now() }) },
  });
  schedules.start(id);
  return getSchedule(services, id);
}

/** Errors: `not_found`. */
export async function deleteSchedule(services: Services, id: string): Promise<void> {
  await readSchedule(services, id);
  await services.schedules.end(id);
  await services.metadata.schedule.deleteMany({ where: { id } });
}

/** Begins a run, or tries the one at once that waits. Errors: `not_found`; `conflict` while one is being made. */
export async function runNow(services: Services, id: string): Promise<ScheduleRun> {
  const { metadata, now, schedules } = services;
  await readSchedule(services, id);
  const begun = await metadata.scheduleRun.findFirst({ where: { scheduleId: id, status: "running" } });
  if (begun !== null && begun.retryAt === null) throw new AppError("conflict", "The file is being made just now.");
  const run =
    begun === null
      ? await metadata.scheduleRun.create({ data: { scheduleId: id, asOf: now(), startedAt: now() } })
      : await metadata.scheduleRun.update({ where: { id: begun.id }, data: { retryAt: null, attempts: 0 } });
  schedules.wake(id);
  return shownRun(run);
}

/** The latest first. Errors: `not_found`. */
export async function listRuns(
  services: Pick<Services, "metadata">,
  scheduleId: string,
  { limit, after }: PageOf,
): Promise<ScheduleRun[]> {
  await readSchedule(services, scheduleId);
  const rows = await services.metadata.scheduleRun.findMany({
    where: { scheduleId, ...(after !== undefined && { id: { lt: after } }) },
    orderBy: { id: "desc" },
    take: limit,
  });
  return rows.map(shownRun);
}
