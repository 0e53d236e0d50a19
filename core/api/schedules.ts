import * as z from "zod";
import { fileColumns } from "../files/columns";
import { fileFormats } from "../files/format";
import { fileTiming } from "../files/timing";
import { mailAddress } from "../mail-address";
import { endpoint } from "./endpoint";
import { idParams, page, pageQuery, timestamp } from "./shared";

const run = z.strictObject({
  id: z.string(),
  scheduleId: z.string(),
  /** The moment of the schedule that it is for; null where somebody asked for it. */
  dueAt: timestamp.nullable(),
  /** The file holds who was in then. */
  asOf: timestamp,
  /** `waiting`: it failed, and is tried again by itself at `retryAt`. */
  status: z.enum(["running", "waiting", "done", "failed"]),
  attempts: z.int(),
  retryAt: timestamp.nullable(),
  startedAt: timestamp,
  finishedAt: timestamp.nullable(),
  /** People so far, while it runs. */
  rows: z.int().nullable(),
  bytes: z.int().nullable(),
  /** The file's place, or to whom it was mailed. */
  location: z.string().nullable(),
  /** Why it failed; of one that is done, what of it could not be done. */
  message: z.string().nullable(),
});
export type ScheduleRun = z.infer<typeof run>;

const schedule = z.strictObject({
  id: z.string(),
  audience: z.strictObject({ id: z.string(), name: z.string() }),
  /** Null where it goes by email. */
  destination: z.strictObject({ id: z.string(), name: z.string(), tool: z.string() }).nullable(),
  emails: z.array(z.string()),
  columns: z.array(z.string()),
  format: z.enum(fileFormats),
  timing: fileTiming,
  status: z.enum(["running", "paused"]),
  /** Null while it is paused. */
  nextDueAt: timestamp.nullable(),
  lastRun: run.nullable(),
  createdAt: timestamp,
});
export type Schedule = z.infer<typeof schedule>;

const id = z.string().min(1).max(100);
const emails = z.array(mailAddress).min(1).max(20);
const newSchedule = z.strictObject({
  audienceId: id,
  /** One that takes files; else `emails`. */
  destinationId: id.optional(),
  emails: emails.optional(),
  columns: fileColumns.optional(),
  format: z.enum(fileFormats).optional(),
  timing: fileTiming,
});
export type NewSchedule = z.infer<typeof newSchedule>;
const changes = newSchedule
  .omit({ audienceId: true })
  .partial()
  .extend({
    status: z.enum(["running", "paused"]).optional(),
  });
export type ScheduleChanges = z.infer<typeof changes>;

export const listSchedules = endpoint({
  method: "GET",
  path: "/api/schedules",
  summary:
    "Files that are made again and again, in the order in which they were set up; of one audience or one destination where that is named",
  query: pageQuery.extend({ audienceId: id.optional(), destinationId: id.optional() }),
  answer: page(schedule),
});
export const createSchedule = endpoint({
  method: "POST",
  path: "/api/schedules",
  summary: "Make a file of an audience's people every hour, day or week, and keep it at a destination or mail it",
  body: newSchedule,
  answer: schedule,
  status: 201,
});
export const getSchedule = endpoint({
  method: "GET",
  path: "/api/schedules/:id",
  summary: "One schedule",
  params: idParams,
  answer: schedule,
});
export const updateSchedule = endpoint({
  method: "PATCH",
  path: "/api/schedules/:id",
  summary: "Change a schedule, pause it, or let it go on; moments that passed while it was paused are not made up for",
  params: idParams,
  body: changes,
  answer: schedule,
});
export const deleteSchedule = endpoint({
  method: "DELETE",
  path: "/api/schedules/:id",
  summary: "Remove a schedule; the files that were made stay",
  params: idParams,
  answer: z.strictObject({ deleted: z.literal(true) }),
});
export const runSchedule = endpoint({
  method: "POST",
  path: "/api/schedules/:id/run",
  summary: "Make the file now; a run that waits to be tried again is tried at once instead",
  params: idParams,
  answer: run,
  status: 202,
});
export const listScheduleRuns = endpoint({
  method: "GET",
  path: "/api/schedules/:id/runs",
  summary: "What was made and what failed, the latest first",
  params: idParams,
  query: pageQuery,
  answer: page(run),
});
