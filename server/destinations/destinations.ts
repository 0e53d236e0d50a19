import * as z from "zod";
import {
  type Destination as DestinationRow,
  Prisma,
  type Schedule,
  type ScheduleRun,
  type Sync,
} from "@/generated/prisma/client";
import type { Destination, DestinationChanges, NewDestination, Tested } from "../../core/api/destinations";
import { fieldMapping, identifierKinds, secretNames } from "../../core/destinations/tool";
import { AppError } from "../../core/errors";
import type { Services } from "../services";
import { troubleOf } from "../syncs/trouble";
import { secretsOf } from "./connection";
import { DeliveryError } from "./delivery-error";
import { masked, recordingFetch } from "./recording";
import { destinationOf } from "./registry";
import { readIdentifier, readMapping, readSettings } from "./settings";

type Delivering = Pick<Sync, "status" | "trouble" | "lastDeliveredAt">;
type LastRun = Pick<ScheduleRun, "status" | "retryAt" | "message" | "finishedAt">;
type Stored = DestinationRow & {
  syncs: Delivering[];
  forwarding: Delivering | null;
  schedules: (Pick<Schedule, "status"> & { runs: LastRun[] })[];
};

const delivering = { select: { status: true, trouble: true, lastDeliveredAt: true } } as const;
const lastRun = {
  orderBy: { id: "desc" },
  take: 1,
  select: { status: true, retryAt: true, message: true, finishedAt: true },
} as const;
const withSyncs = {
  syncs: delivering,
  forwarding: delivering,
  schedules: { select: { status: true, runs: lastRun } },
} as const;
const jsonObject = z.record(z.string(), z.json());

const isFailing = ({ status, retryAt }: LastRun) => status === "failed" || (status === "running" && retryAt !== null);

function shown(row: Stored): Destination {
  const { tool } = destinationOf(row.tool);
  const all = row.forwarding === null ? row.syncs : [...row.syncs, row.forwarding];
  const running = all.filter(({ status }) => status === "running");
  const onSchedule = row.schedules.filter(({ status }) => status === "running");
  const [message] = [
    ...running.flatMap(({ trouble }) => troubleOf(trouble)?.message ?? []),
    ...onSchedule.flatMap(({ runs }) => runs.flatMap((run) => (isFailing(run) ? (run.message ?? []) : []))),
  ];
  const delivered = [
    ...all.flatMap(({ lastDeliveredAt }) => lastDeliveredAt ?? []),
    ...row.schedules.flatMap(({ runs }) =>
      runs.flatMap((run) => (run.status === "done" ? (run.finishedAt ?? []) : [])),
    ),
  ];
  const last = delivered.sort((one, other) => other.getTime() - one.getTime())[0];
  return {
    id: row.id,
    tool: row.tool,
    name: row.name,
    settings: jsonObject.parse(row.settings),
    secrets: secretNames(tool),
    identifier: z.enum(identifierKinds).parse(row.identifier),
    mapping: fieldMapping.parse(row.mapping),
    health: {
      status: message !== undefined ? "failing" : running.length + onSchedule.length === 0 ? "idle" : "ok",
      message: message ?? null,
      syncs: row.syncs.length,
      lastDeliveredAt: last?.toISOString() ?? null,
    },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** Errors: `not_found`. */
async function readRow({ metadata }: Pick<Services, "metadata">, id: string): Promise<Stored> {
  const row = await metadata.destination.findUnique({ where: { id }, include: withSyncs });
  if (row === null) throw new AppError("not_found", "There is no destination with this id.");
  return row;
}

export async function listDestinations(
  { metadata }: Pick<Services, "metadata">,
  page: { limit: number; after: string | undefined },
): Promise<Destination[]> {
  const rows = await metadata.destination.findMany({
    where: page.after === undefined ? {} : { id: { gt: page.after } },
    orderBy: { id: "asc" },
    take: page.limit,
    include: withSyncs,
  });
  return rows.map(shown);
}

/** Errors: `not_found`. */
export async function getDestination(services: Pick<Services, "metadata">, id: string): Promise<Destination> {
  return shown(await readRow(services, id));
}

/** Errors: `invalid` with the path of what the tool does not take. */
export async function createDestination(
  { metadata, secrets, workspaceId }: Services,
  { tool: toolId, name, settings, identifier, mapping }: NewDestination,
): Promise<Destination> {
  const { tool } = destinationOf(toolId);
  const { open, secret } = readSettings(tool, settings);
  const row = await metadata.destination.create({
    data: {
      tool: tool.id,
      name,
      settings: jsonObject.parse(open),
      secrets: secrets.seal(JSON.stringify(secret), workspaceId),
      identifier: readIdentifier(tool, identifier),
      mapping: readMapping(tool, mapping),
    },
    include: withSyncs,
  });
  return shown(row);
}

/** What cannot be read any more must be given again: then nothing of it is kept. */
function keptSecrets(
  row: DestinationRow,
  { secrets }: Pick<Services, "secrets">,
  given: object,
): Record<string, string> {
  const isWhole = secretNames(destinationOf(row.tool).tool).every((name) => Object.hasOwn(given, name));
  return isWhole ? {} : secretsOf(row, secrets);
}

/** Everybody who is in the tool leaves it by the name that they have there, and enters by another one. */
async function nameAnew({ metadata, syncs }: Services, destinationId: string): Promise<void> {
  const own = await metadata.sync.findMany({ where: { destinationId } });
  for (const { id } of own) await syncs.end(id);
  await metadata.sync.updateMany({ where: { destinationId, cursor: { not: null } }, data: { namesUntil: 0 } });
  for (const sync of own) syncs.start(sync);
}

/** Changes what is given. Errors: `not_found`, `invalid`, `conflict` where kept secrets cannot be read. */
export async function updateDestination(
  services: Services,
  id: string,
  { name, settings, identifier, mapping }: DestinationChanges,
): Promise<Destination> {
  const { metadata, secrets, workspaceId, syncs, forwardings, schedules } = services;
  const row = await readRow(services, id);
  const { tool } = destinationOf(row.tool);
  const split = settings && readSettings(tool, settings, keptSecrets(row, services, settings));
  await metadata.destination.updateMany({
    where: { id },
    data: {
      name,
      ...(split && {
        settings: jsonObject.parse(split.open),
        secrets: secrets.seal(JSON.stringify(split.secret), workspaceId),
      }),
      ...(identifier && { identifier: readIdentifier(tool, identifier) }),
      ...(mapping && { mapping: readMapping(tool, mapping) }),
    },
  });
  if (identifier && identifier !== row.identifier) await nameAnew(services, id);
  // What the tool made for a sync was made with the old settings.
  if (split) await metadata.sync.updateMany({ where: { destinationId: id }, data: { prepared: Prisma.DbNull } });
  syncs.restartOf(id);
  forwardings.restartOf(id);
  await schedules.restartOf(id);
  return getDestination(services, id);
}

/** Ends what goes there first. Errors: `not_found`. */
export async function deleteDestination(services: Services, id: string): Promise<void> {
  await readRow(services, id);
  const { metadata, syncs, forwardings, schedules } = services;
  await forwardings.endOf(id);
  await schedules.endOf(id);
  const own = await metadata.sync.findMany({ where: { destinationId: id }, select: { id: true } });
  for (const sync of own) await syncs.end(sync.id);
  await metadata.destination.deleteMany({ where: { id } });
}

/** Tries settings as they are given; with `kept`, secrets that are left out are those. Errors: `invalid`. */
export async function testSettings(
  services: Services,
  { tool: toolId, settings, destinationId }: { tool: string; settings: object; destinationId?: string | undefined },
  signal: AbortSignal,
): Promise<Tested> {
  const destination = destinationOf(toolId);
  const kept =
    destinationId === undefined ? {} : keptSecrets(await readRow(services, destinationId), services, settings);
  const { open, secret } = readSettings(destination.tool, settings, kept);
  const { outgoing, syncs, now } = services;
  const pacer = syncs.pacerOf(destinationId ?? `test ${toolId}`, destination.tool.requestsPerSecond);
  const texts = Object.values(secret);
  try {
    const fetch = recordingFetch(outgoing.fetch, { pacer, secrets: texts, exchanges: [], signal });
    return {
      ok: true,
      message: await destination.test({ ...open, ...secret }, { ...outgoing, fetch, signal, now }),
    };
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    return { ok: false, message: masked(error.message, texts) };
  }
}

/** Tries a destination as it is kept. Errors: `not_found`; `conflict` where its secrets cannot be read. */
export async function testDestination(services: Services, id: string, signal: AbortSignal): Promise<Tested> {
  const row = await readRow(services, id);
  return testSettings(
    services,
    { tool: row.tool, settings: jsonObject.parse(row.settings), destinationId: id },
    signal,
  );
}
