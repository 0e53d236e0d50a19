import * as z from "zod";
import type { Forwarding as ForwardingRow } from "@/generated/prisma/client";
import type { Forwarding, ForwardingSetting } from "../../core/api/forwarding";
import { deliveryResults } from "../../core/api/syncs";
import { type ForwardingChoices, forwardingChoices } from "../../core/destinations/forwarding";
import { AppError } from "../../core/errors";
import { destinationOf } from "../destinations/registry";
import { param, sql } from "../event-store/sql";
import { derivedUntil } from "../memberships/heard";
import type { Services } from "../services";
import { troubleOf } from "../syncs/trouble";

const dayMs = 86_400_000;
const countRow = z.strictObject({ result: z.enum(deliveryResults), messages: z.int() });

async function shown(row: ForwardingRow, { eventStore, now }: Services): Promise<Forwarding> {
  const [counts, until] = await Promise.all([
    eventStore.query(
      sql`SELECT toString(result) AS result, count() AS messages FROM deliveries
        WHERE sync = ${param.string(row.id)} AND deliveries.at >= ${param.moment(now().getTime() - dayMs)} GROUP BY result`,
      countRow,
    ),
    derivedUntil(eventStore),
  ]);
  const of = (result: (typeof deliveryResults)[number]) => counts.find((one) => one.result === result)?.messages ?? 0;
  const trouble = row.status === "running" ? troubleOf(row.trouble) : null;
  return {
    id: row.id,
    choices: forwardingChoices.parse(row.choices),
    status: row.status === "running" ? "running" : "paused",
    behind: Math.max(0, until - Number(row.sentUntil)),
    sent: { delivered: of("delivered"), gaveUp: of("gave_up"), skipped: of("skipped") },
    trouble: trouble && { ...trouble, retryAt: new Date(trouble.retryAt).toISOString() },
    lastDeliveredAt: row.lastDeliveredAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** The destination with what is sent on to it. Errors: `not_found`. */
async function readDestination({ metadata }: Pick<Services, "metadata">, id: string) {
  const row = await metadata.destination.findUnique({ where: { id }, include: { forwarding: true } });
  if (row === null) throw new AppError("not_found", "There is no destination with this id.");
  return row;
}

/** What messages would go to, and whether they can. Errors: `not_found`, `invalid`. */
export async function readForwardingTarget(
  services: Pick<Services, "metadata">,
  id: string,
  { audienceId }: ForwardingChoices,
  path: string,
) {
  const row = await readDestination(services, id);
  const { tool } = destinationOf(row.tool);
  if (!tool.takesEvents) throw new AppError("invalid", `${tool.name} takes people only, and no events.`);
  const audience =
    audienceId === null ||
    (await services.metadata.audience.findFirst({ where: { id: audienceId, archivedAt: null }, select: { id: true } }));
  if (!audience) throw new AppError("invalid", "There is no audience with this id.", `${path}audienceId`);
  return row;
}

/** Null where nothing is sent on. Errors: `not_found`. */
export async function getForwarding(services: Services, destinationId: string): Promise<Forwarding | null> {
  const { forwarding } = await readDestination(services, destinationId);
  return forwarding === null ? null : shown(forwarding, services);
}

/** Begins with what comes in from now on; one that is there goes on where it stands. Errors: `not_found`, `invalid`. */
export async function setForwarding(
  services: Services,
  destinationId: string,
  { choices, status }: ForwardingSetting,
): Promise<Forwarding> {
  const { metadata, eventStore, forwardings } = services;
  const { forwarding: known } = await readForwardingTarget(services, destinationId, choices, "choices.");
  await forwardings.endOf(destinationId);
  const sentUntil = known?.sentUntil ?? BigInt(await derivedUntil(eventStore));
  if (known === null) await metadata.forwarding.create({ data: { destinationId, choices, status, sentUntil } });
  else await metadata.forwarding.updateMany({ where: { id: known.id }, data: { choices, status } });
  const row = await metadata.forwarding.findFirstOrThrow({ where: { destinationId } });
  forwardings.start(row);
  return shown(row, services);
}

/** Errors: `not_found` where nothing is sent on. */
export async function endForwarding(services: Services, destinationId: string): Promise<void> {
  const { forwarding } = await readDestination(services, destinationId);
  if (forwarding === null) throw new AppError("not_found", "No messages are sent on to this destination.");
  await services.forwardings.endOf(destinationId);
  await services.metadata.forwarding.deleteMany({ where: { id: forwarding.id } });
}
