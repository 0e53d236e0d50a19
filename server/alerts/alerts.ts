import type { Prisma } from "@/generated/prisma/client";
import { storedChannel } from "../../core/alerts/channel";
import { type AlertRule, alertRule, watchedBy } from "../../core/alerts/rule";
import type { Alert, AlertChanges, NewAlert } from "../../core/api/alerts";
import { AppError } from "../../core/errors";
import { DeliveryError } from "../destinations/delivery-error";
import type { Metadata } from "../metadata/scoped";
import type { Services } from "../services";
import { readChannel, shownChannel } from "./channel";
import { shownMessage } from "./history";
import { tell } from "./tell";
import { aboutOf } from "./tell-waiting";
import { watchedNames, wordsOf } from "./watched-names";

const dayMs = 86_400_000;
const withState = {
  firings: { where: { resolvedAt: null }, orderBy: { id: "asc" } },
  messages: { orderBy: { id: "desc" }, take: 1 },
} as const satisfies Prisma.AlertInclude;
type Stored = Prisma.AlertGetPayload<{ include: typeof withState }>;

async function shown(metadata: Metadata, rows: readonly Stored[]): Promise<Alert[]> {
  const rules = rows.map(({ rule }) => alertRule.parse(rule));
  const channels = rows.map(({ channel }) => storedChannel.parse(channel));
  const ids = channels.flatMap((channel) => (channel.via === "destination" ? [channel.destinationId] : []));
  const [nameOf, destinations] = await Promise.all([
    watchedNames(metadata, rules),
    metadata.destination.findMany({ where: { id: { in: ids } }, select: { id: true, name: true, tool: true } }),
  ]);
  return rows.map((row, index) => {
    const rule = alertRule.parse(row.rule);
    const about = nameOf(rule);
    return {
      id: row.id,
      rule,
      words: wordsOf(rule, about),
      about,
      channel: shownChannel(channels[index] ?? storedChannel.parse(row.channel), (id) =>
        destinations.find((destination) => destination.id === id),
      ),
      remindHours: row.remindHours,
      mutedUntil: row.mutedUntil?.toISOString() ?? null,
      firings: row.firings.map(({ subjectId, subjectName, text, since, firedAt, toldAt }) => ({
        subjectId,
        subjectName,
        text,
        since: since.toISOString(),
        firedAt: firedAt.toISOString(),
        toldAt: toldAt?.toISOString() ?? null,
      })),
      lastMessage: row.messages.map(shownMessage)[0] ?? null,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  });
}

/** One that is not archived, unless that is asked for. Errors: `not_found`. */
export async function readAlert(
  { metadata }: Pick<Services, "metadata">,
  id: string,
  archived?: true,
): Promise<Stored> {
  const where = { id, ...(archived ? {} : { archivedAt: null }) };
  const row = await metadata.alert.findFirst({ where, include: withState });
  if (row === null) throw new AppError("not_found", "There is no alert with this id.");
  return row;
}

export async function listAlerts(
  { metadata }: Pick<Services, "metadata">,
  page: { limit: number; after: string | undefined },
): Promise<Alert[]> {
  const rows = await metadata.alert.findMany({
    where: { archivedAt: null, ...(page.after !== undefined && { id: { gt: page.after } }) },
    orderBy: { id: "asc" },
    take: page.limit,
    include: withState,
  });
  return shown(metadata, rows);
}

/** Errors: `not_found`. */
export async function getAlert(services: Pick<Services, "metadata">, id: string): Promise<Alert> {
  const [alert] = await shown(services.metadata, [await readAlert(services, id)]);
  if (alert === undefined) throw new Error(`Alert ${id} was read and cannot be shown`);
  return alert;
}

const whichIsThere = {
  destination: (metadata: Metadata, id: string) => metadata.destination.count({ where: { id } }),
  audience: (metadata: Metadata, id: string) => metadata.audience.count({ where: { id, archivedAt: null } }),
  source: (metadata: Metadata, id: string) => metadata.source.count({ where: { id, archivedAt: null } }),
} as const;

/** Errors: `invalid` for a rule about something that is not there. */
async function assertWatchable(metadata: Metadata, rule: AlertRule): Promise<void> {
  const { kind, id } = watchedBy(rule);
  if (id === null || (await whichIsThere[kind](metadata, id)) > 0) return;
  throw new AppError("invalid", `There is no ${kind} with this id.`, `rule.${kind}Id`);
}

/** Errors: `invalid` with the path; `conflict` for email where none is set up. */
export async function createAlert(services: Services, { rule, channel, remindHours }: NewAlert): Promise<Alert> {
  await assertWatchable(services.metadata, rule);
  const read = await readChannel(services, channel);
  const { id } = await services.metadata.alert.create({ data: { rule, ...read, remindHours: remindHours ?? null } });
  services.alerts.wake();
  return getAlert(services, id);
}

/** Changes what is given. Errors: `not_found`, `invalid`, `conflict`. */
export async function updateAlert(services: Services, id: string, changes: AlertChanges): Promise<Alert> {
  const { metadata, now } = services;
  const { rule, channel, remindHours, mutedUntil, archived } = changes;
  const row = await readAlert(services, id, archived === false ? true : undefined);
  if (rule) await assertWatchable(metadata, rule);
  const read = channel && (await readChannel(services, channel, row));
  const isOther = rule !== undefined && JSON.stringify(rule) !== JSON.stringify(alertRule.parse(row.rule));
  await metadata.$transaction(async (transaction) => {
    await transaction.alert.updateMany({
      where: { id },
      data: {
        ...(rule && { rule }),
        ...read,
        ...(remindHours !== undefined && { remindHours }),
        ...(mutedUntil !== undefined && { mutedUntil: mutedUntil && new Date(mutedUntil) }),
        ...(archived === false && { archivedAt: null }),
      },
    });
    // What was found by another rule says nothing of this one.
    if (isOther) {
      await transaction.alertFiring.updateMany({
        where: { alertId: id, resolvedAt: null },
        data: { resolvedAt: now(), toldAt: null },
      });
    }
    // Told in another way, it may go at once.
    if (read) {
      await transaction.alertMessage.updateMany({ where: { alertId: id, status: "waiting" }, data: { nextAt: now() } });
    }
  });
  services.alerts.wake();
  return getAlert(services, id);
}

/** Errors: `not_found`. */
export async function deleteAlert(services: Services, id: string): Promise<void> {
  const { metadata, now } = services;
  await readAlert(services, id);
  const before = new Date(now().getTime() - dayMs);
  await metadata.alert.deleteMany({ where: { archivedAt: { lt: before } } });
  await metadata.alert.updateMany({ where: { id }, data: { archivedAt: now() } });
}

/** Tells a test at once. Errors: `not_found`; what went wrong with telling it is the answer. */
export async function testAlert(
  services: Services,
  id: string,
  signal: AbortSignal,
): Promise<{ ok: boolean; message: string }> {
  const row = await readAlert(services, id);
  const at = services.now();
  const about = await aboutOf(services, row);
  const telling = {
    ...about,
    id: `test-${id}-${at.getTime()}`,
    kind: "test" as const,
    lines: [],
    at: at.toISOString(),
  };
  try {
    const leftOut = await tell(services, row, telling, { signal, now: () => services.now() });
    return { ok: leftOut === null, message: leftOut ?? "The test was sent." };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DeliveryError || error instanceof AppError) return { ok: false, message: error.message };
    throw error;
  }
}
