import * as z from "zod";
import type { Alert } from "@/generated/prisma/client";
import { storedChannel } from "../../core/alerts/channel";
import { slack } from "../../core/destinations/slack";
import { webhook } from "../../core/destinations/webhook";
import { assertNever } from "../../core/errors";
import { secretsOf as secretsOfDestination } from "../destinations/connection";
import { DeliveryError } from "../destinations/delivery-error";
import type { DeliveryContext } from "../destinations/destination";
import { masked } from "../destinations/recording";
import { plain } from "../destinations/slack/message";
import { say } from "../destinations/slack/slack";
import { sendSigned } from "../destinations/webhook/webhook";
import { neededMailer } from "../mail/mailer";
import type { Services } from "../services";
import { secretsOf } from "./channel";
import { type Telling, textOf, titleOf } from "./message-words";

export type TellingServices = Pick<Services, "metadata" | "mailer" | "outgoing" | "secrets">;

interface Way {
  readonly via: "slack" | "webhook";
  /** By the schema of that tool. */
  readonly settings: unknown;
  readonly secrets: readonly string[];
}

/**
 * Tells it where the alert is told. Answers who was left out, in words; null where nobody was. Errors: DeliveryError without
 * secrets in it, AppError where no mail is set up or secrets cannot be read; where the signal is fired, its reason.
 */
export async function tell(
  services: TellingServices,
  alert: Pick<Alert, "channel" | "secrets" | "workspaceId">,
  telling: Telling,
  { signal, now }: { signal: AbortSignal; now: () => Date },
): Promise<string | null> {
  const channel = storedChannel.parse(alert.channel);
  if (channel.via === "email") {
    const mail = {
      key: telling.id,
      to: channel.to,
      subject: `[Foothold] ${titleOf(telling)}`,
      text: `${titleOf(telling)}\n\n${textOf(telling)}\n`,
    };
    const refused = await neededMailer(services).send(mail, signal);
    return refused.length === 0 ? null : refused.map(({ reason }) => reason).join(" ");
  }
  const way =
    channel.via === "destination"
      ? await wayOfDestination(services, channel.destinationId)
      : ownWay(channel, secretsOf(alert, services.secrets));
  try {
    await send(way, telling, { ...services.outgoing, signal, now });
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    const { fault, message, retryAfterMs } = error;
    throw new DeliveryError(fault, masked(message, way.secrets), { retryAfterMs });
  }
  return null;
}

function ownWay(
  channel: { via: "slack" } | { via: "webhook"; url: string },
  secrets: Readonly<Record<string, string>>,
): Way {
  const url = channel.via === "webhook" ? { url: channel.url } : {};
  return { via: channel.via, settings: { ...url, ...secrets }, secrets: Object.values(secrets) };
}

async function wayOfDestination({ metadata, secrets }: TellingServices, id: string): Promise<Way> {
  const row = await metadata.destination.findUnique({ where: { id } });
  if (row === null || (row.tool !== slack.id && row.tool !== webhook.id)) {
    throw new DeliveryError("settings", "The destination that this is told by was removed. Choose another one.");
  }
  const texts = secretsOfDestination(row, secrets);
  const settings = { ...z.record(z.string(), z.unknown()).parse(row.settings), ...texts };
  return { via: row.tool, settings, secrets: Object.values(texts) };
}

async function send({ via, settings }: Way, telling: Telling, context: DeliveryContext): Promise<void> {
  switch (via) {
    case "slack":
      return say(plain(`${titleOf(telling)}\n${textOf(telling)}`), slack.settings.parse(settings), context);
    case "webhook": {
      const { id, kind, alertId, words, lines, at, workspace, url } = telling;
      const body = { type: `alert.${kind}`, id, at, alert: { id: alertId, words }, firings: lines, workspace, url };
      await sendSigned(id, body, webhook.settings.parse(settings), context);
      return;
    }
    default:
      return assertNever(via);
  }
}
