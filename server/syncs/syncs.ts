import * as z from "zod";
import { Prisma } from "@/generated/prisma/client";
import type { NewSync, Sync, SyncChanges } from "../../core/api/syncs";
import { AppError } from "../../core/errors";
import { parseInput } from "../../core/parse-input";
import { destinationOf } from "../destinations/registry";
import { isUniqueViolation } from "../metadata/unique-violation";
import { profileNumber } from "../profiles/profile-id";
import type { Services } from "../services";
import { bookCounts, PeopleBook } from "./people-book";
import { troubleOf } from "./trouble";

const named = { select: { id: true, name: true } } as const;
const withNames = {
  audience: named,
  suppression: named,
  destination: { select: { id: true, name: true, tool: true } },
} as const;
type Stored = Prisma.SyncGetPayload<{ include: typeof withNames }>;

const jsonObject = z.record(z.string(), z.json());

async function shown(row: Stored, { eventStore }: Pick<Services, "eventStore">): Promise<Sync> {
  const { in: inside, missed, stuck, entering, leaving } = await bookCounts(eventStore, row.id);
  const trouble = row.status === "running" ? troubleOf(row.trouble) : null;
  return {
    id: row.id,
    audience: row.audience,
    destination: row.destination,
    suppression: row.suppression,
    sendsEntering: row.sendsEntering,
    sendsLeaving: row.sendsLeaving,
    options: jsonObject.parse(row.options),
    status: row.status,
    phase: row.cursor === null ? "waiting" : row.firstNext === null ? "changes" : "first",
    progress: { done: row.firstDone, total: Math.max(row.firstTotal, row.firstDone) },
    people: { in: inside, missed, stuck, waiting: entering + leaving },
    trouble: trouble && { ...trouble, retryAt: new Date(trouble.retryAt).toISOString() },
    lastDeliveredAt: row.lastDeliveredAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** Errors: `not_found`. */
async function readSync({ metadata }: Pick<Services, "metadata">, id: string): Promise<Stored> {
  const row = await metadata.sync.findUnique({ where: { id }, include: withNames });
  if (row === null) throw new AppError("not_found", "There is no sync with this id.");
  return row;
}

export async function listSyncs(
  services: Pick<Services, "metadata" | "eventStore">,
  which: { audienceId?: string | undefined; destinationId?: string | undefined },
  page: { limit: number; after: string | undefined },
): Promise<Sync[]> {
  const rows = await services.metadata.sync.findMany({
    where: {
      ...(which.audienceId !== undefined && { audienceId: which.audienceId }),
      ...(which.destinationId !== undefined && { destinationId: which.destinationId }),
      ...(page.after !== undefined && { id: { gt: page.after } }),
    },
    orderBy: { id: "asc" },
    take: page.limit,
    include: withNames,
  });
  return Promise.all(rows.map((row) => shown(row, services)));
}

/** Errors: `not_found`. */
export async function getSync(services: Pick<Services, "metadata" | "eventStore">, id: string): Promise<Sync> {
  return shown(await readSync(services, id), services);
}

/** What a new sync or a changed one is checked by. Errors: `invalid`, `not_found`. */
export async function readChoices(
  { metadata }: Pick<Services, "metadata">,
  { audienceId, destinationId, suppressionId, options }: NewSync,
) {
  const ids = [audienceId, ...(suppressionId ? [suppressionId] : [])];
  const [audiences, destination] = await Promise.all([
    metadata.audience.findMany({ where: { id: { in: ids }, archivedAt: null }, select: { id: true } }),
    metadata.destination.findUnique({ where: { id: destinationId } }),
  ]);
  const isThere = (id: string) => audiences.some((audience) => audience.id === id);
  if (!isThere(audienceId)) throw new AppError("invalid", "There is no audience with this id.", "audienceId");
  if (suppressionId && !isThere(suppressionId)) {
    throw new AppError("invalid", "There is no audience with this id.", "suppressionId");
  }
  if (suppressionId === audienceId) {
    throw new AppError("invalid", "An audience cannot suppress itself: nobody would be sent.", "suppressionId");
  }
  if (destination === null) throw new AppError("invalid", "There is no destination with this id.", "destinationId");
  const { tool } = destinationOf(destination.tool);
  const read = parseInput(z.strictObject({ options: tool.options }), { options: options ?? {} }, "The body");
  return { destination, options: jsonObject.parse(read.options) };
}

function assertSendsSomething(sendsEntering: boolean, sendsLeaving: boolean): void {
  if (!sendsEntering && !sendsLeaving) {
    throw new AppError("invalid", "Send on entering, on leaving, or on both.", "sendsLeaving");
  }
}

/** Errors: `invalid`; `conflict` where this audience goes to this destination already. */
export async function createSync(services: Services, input: NewSync): Promise<Sync> {
  const { audienceId, destinationId, suppressionId = null, sendsEntering = true, sendsLeaving = true } = input;
  assertSendsSomething(sendsEntering, sendsLeaving);
  const { options } = await readChoices(services, input);
  try {
    const row = await services.metadata.sync.create({
      data: { audienceId, destinationId, suppressionId, sendsEntering, sendsLeaving, options },
      include: withNames,
    });
    services.syncs.start(row);
    return shown(row, services);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError("conflict", "This audience is sent to this destination already.", "destinationId");
  }
}

/** Everybody is looked at again: from its cursor on, which is taken anew. */
const beginAgain = { cursor: null, firstNext: 0, firstDone: 0, firstTotal: 0 };

/** Errors: `not_found`, `invalid`; `conflict` for a sync that was cancelled. */
export async function updateSync(services: Services, id: string, changes: SyncChanges): Promise<Sync> {
  const row = await readSync(services, id);
  if (row.status === "cancelled") {
    throw new AppError("conflict", "This sync was cancelled. Remove it, and make another one.");
  }
  const { status, sendsEntering = row.sendsEntering, sendsLeaving = row.sendsLeaving } = changes;
  assertSendsSomething(sendsEntering, sendsLeaving);
  const suppressionId = changes.suppressionId === undefined ? row.suppressionId : changes.suppressionId;
  const { options } = await readChoices(services, {
    audienceId: row.audienceId,
    destinationId: row.destinationId,
    suppressionId,
    options: changes.options ?? jsonObject.parse(row.options),
  });
  const isOther = JSON.stringify(options) !== JSON.stringify(row.options);
  // What is under way would store where it stands over what is stored here.
  await services.syncs.end(id);
  await services.metadata.sync.updateMany({
    where: { id },
    data: {
      status,
      sendsEntering,
      sendsLeaving,
      suppressionId,
      options,
      ...(isOther && { prepared: Prisma.DbNull }),
      ...(suppressionId !== row.suppressionId && beginAgain),
    },
  });
  const changed = await readSync(services, id);
  services.syncs.start(changed);
  return shown(changed, services);
}

/** Ends it for good. Errors: `not_found`. */
export async function cancelSync(services: Services, id: string): Promise<Sync> {
  await readSync(services, id);
  await services.syncs.end(id);
  await services.metadata.sync.updateMany({ where: { id }, data: { status: "cancelled" } });
  return getSync(services, id);
}

/** Errors: `not_found`. */
export async function deleteSync(services: Services, id: string): Promise<void> {
  await readSync(services, id);
  await services.syncs.end(id);
  await services.metadata.sync.deleteMany({ where: { id } });
}

/**
 * Sends those again who were given up; answers how many that are. They are taken up after the changes that wait, also by the next
 * process. Errors: `not_found`; `conflict` for a sync that does not run, and for one person of whom nothing was given up.
 */
export async function resendFailed(
  services: Services,
  id: string,
  { profileId }: { profileId?: string | undefined },
): Promise<number> {
  const row = await readSync(services, id);
  if (row.status !== "running") throw new AppError("conflict", "This sync does not run. Let it go on first.");
  const profile = profileId === undefined ? undefined : (profileNumber(profileId) ?? 0);
  // The book has one writer.
  await services.syncs.end(id);
  try {
    const book = await PeopleBook.open(services.eventStore, id);
    if (profile === undefined) {
      const { missed, stuck } = await bookCounts(services.eventStore, id);
      await book.tryAgain();
      return missed + stuck;
    }
    const entry = (await book.entriesOf([profile])).get(profile);
    if (entry?.state !== "missed" && entry?.state !== "stuck") {
      throw new AppError("conflict", "Nothing of this person was given up by this sync.", "profileId");
    }
    await book.tryAgain(profile);
    return 1;
  } finally {
    services.syncs.start(row);
  }
}
