import * as z from "zod";
import type { Alert, AlertMessage as MessageRow } from "@/generated/prisma/client";
import { alertRule } from "../../core/alerts/rule";
import { lines, messageKinds } from "../../core/api/alerts";
import { AppError } from "../../core/errors";
import { DeliveryError } from "../destinations/delivery-error";
import type { Services } from "../services";
import { pauseBefore } from "../syncs/pauses";
import { getWorkspace } from "../workspace/workspace";
import { type TellingServices, tell } from "./tell";
import { watchedNames, wordsOf } from "./watched-names";

/** What nobody could be told for so long is given up. */
const givenUpMs = 24 * 3_600_000;

export type Teller = TellingServices & Pick<Services, "env" | "log">;

/**
 * Tells what is to be told and due, of each alert one after the other. Answers when the next try is due, in milliseconds since
 * the epoch; undefined where nothing waits. Rejects with the signal's reason.
 */
export async function tellWaiting(services: Teller, now: () => Date, signal: AbortSignal): Promise<number | undefined> {
  const waiting = await services.metadata.alertMessage.findMany({
    where: { status: "waiting", alert: { archivedAt: null } },
    include: { alert: true },
    orderBy: { id: "asc" },
  });
  /** Alerts whose next message is not due yet: what came after that waits for it. */
  const later = new Map<string, number>();
  for (const message of waiting) {
    if (later.has(message.alertId)) continue;
    const retryAt = await tellOne(services, message, now, signal);
    if (retryAt !== undefined) later.set(message.alertId, retryAt);
  }
  return later.size === 0 ? undefined : Math.min(...later.values());
}

/** Answers when to try again; undefined where the message is done with. */
async function tellOne(
  services: Teller,
  message: MessageRow & { alert: Alert },
  now: () => Date,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { metadata, log } = services;
  const { id, alert, createdAt, nextAt } = message;
  if (nextAt !== null && nextAt > now()) return nextAt.getTime();
  const settle = (data: object) => metadata.alertMessage.updateMany({ where: { id, status: "waiting" }, data });
  const attempts = message.attempts + 1;
  try {
    const failure = await tell(services, alert, await tellingOf(services, message), { signal, now });
    await settle({ status: "told", toldAt: now(), attempts, failure, nextAt: null });
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    const isKnown = error instanceof DeliveryError || error instanceof AppError;
    if (!isKnown) log.error({ err: error, alertId: alert.id }, "An alert could not be told; it is tried again");
    const failure = isKnown ? error.message : "Something went wrong on the server; its log says what.";
    const fault = error instanceof DeliveryError ? error.fault : "settings";
    const wait = pauseBefore(attempts, fault, error instanceof DeliveryError ? error.retryAfterMs : undefined);
    const retryAt = now().getTime() + wait;
    const isOver = fault === "invalid" || retryAt - createdAt.getTime() > givenUpMs;
    if (isOver) log.warn({ alertId: alert.id, failure }, "An alert could not be told, and is given up");
    await settle({
      attempts,
      failure,
      ...(isOver ? { status: "gave_up", nextAt: null } : { nextAt: new Date(retryAt) }),
    });
    return isOver ? undefined : retryAt;
  }
}

async function tellingOf(
  services: Teller,
  { id, kind, lines: stored, createdAt, alert }: MessageRow & { alert: Alert },
) {
  const told = { id, kind: z.enum(messageKinds).parse(kind), lines: lines.parse(stored), at: createdAt.toISOString() };
  return { ...told, ...(await aboutOf(services, alert)) };
}

/** What every message of an alert says. */
export async function aboutOf({ metadata, env }: Pick<Teller, "metadata" | "env">, alert: Pick<Alert, "id" | "rule">) {
  const rule = alertRule.parse(alert.rule);
  const [{ name: workspace }, nameOf] = await Promise.all([getWorkspace(metadata), watchedNames(metadata, [rule])]);
  const url = env.publicOrigin === undefined ? undefined : `${env.publicOrigin}/alerts`;
  return { alertId: alert.id, words: wordsOf(rule, nameOf(rule)), workspace, url };
}
