import type { ScheduleRun } from "@/generated/prisma/client";
import { AppError } from "../../core/errors";
import { fileTypes } from "../../core/files/format";
import { connectionOf } from "../destinations/connection";
import { DeliveryError } from "../destinations/delivery-error";
import { masked, recordingFetch } from "../destinations/recording";
import { destinationOf } from "../destinations/registry";
import { type MembersFile, membersFile } from "../files/members-file";
import { storedFormat } from "../files/stored-format";
import { mailFile } from "./mail-file";
import type { Made, MakeSurroundings } from "./making";
import type { StoredSchedule } from "./shown";

const progressEveryMs = 1_000;

/**
 * Makes the file of a run and puts it where it belongs. The same run again makes the same file in the same place. Errors: DeliveryError,
 * and AppError for what is this side's.
 */
export async function makeFile(
  schedule: StoredSchedule,
  run: ScheduleRun,
  around: MakeSurroundings,
  signal: AbortSignal,
): Promise<Made> {
  const { audienceId, columns } = schedule;
  const format = storedFormat(schedule.format);
  const file = await membersFile(around, { audienceId, columns, format, now: run.asOf.getTime() }, signal);
  const watched = { ...file, content: watchedContent(file, run, around) };
  if (schedule.destinationId === null) return mailFile(schedule, run, watched, around, signal);
  const stored = await storeFile(schedule.destinationId, pathOf(schedule, run), watched, around, signal);
  return { rows: file.rows(), ...stored, message: null };
}

/** Tells now and then how far it has come. */
async function* watchedContent(
  { content, rows }: MembersFile,
  { id }: ScheduleRun,
  { metadata }: MakeSurroundings,
): MembersFile["content"] {
  let toldAt = Date.now();
  for await (const piece of content) {
    yield piece;
    if (Date.now() - toldAt < progressEveryMs) continue;
    toldAt = Date.now();
    await metadata.scheduleRun.updateMany({ where: { id, status: "running" }, data: { rows: rows() } });
  }
}

/** Of two schedules of one audience neither takes the other's place. */
function pathOf({ id, audience, format }: StoredSchedule, { asOf }: ScheduleRun): string {
  const moment = asOf.toISOString().replace(".000Z", "Z").replaceAll(/[:.]/g, "-");
  return `${audience.key}/members/${moment}.${id.slice(-6)}.${format}`;
}

async function storeFile(
  destinationId: string,
  path: string,
  { content }: MembersFile,
  { metadata, secrets, outgoing, pacerOf, now }: MakeSurroundings,
  signal: AbortSignal,
): Promise<{ location: string; bytes: number }> {
  const row = await metadata.destination.findUniqueOrThrow({ where: { id: destinationId } });
  const { tool, store } = destinationOf(row.tool);
  if (store === undefined) throw new AppError("conflict", `${tool.name} takes no files.`);
  const pacer = pacerOf(destinationId, tool.requestsPerSecond);
  const connection = connectionOf(row, secrets, pacer);
  const fetch = recordingFetch(outgoing.fetch, { pacer, secrets: connection.secrets, exchanges: [], signal });
  const contentType = fileTypes[path.endsWith(".csv") ? "csv" : path.endsWith(".parquet") ? "parquet" : "ndjson"];
  try {
    return await store({ path, contentType, content }, connection.settings, { ...outgoing, fetch, signal, now });
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    const { fault, message, retryAfterMs } = error;
    throw new DeliveryError(fault, masked(message, connection.secrets), { cause: error, retryAfterMs });
  }
}
