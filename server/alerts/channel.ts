import * as z from "zod";
import type { Alert } from "@/generated/prisma/client";
import { type ChannelInput, type StoredChannel, storedChannel, tellingTools } from "../../core/alerts/channel";
import type { AlertChannel } from "../../core/api/alerts";
import { AppError, assertNever } from "../../core/errors";
import type { Secrets } from "../destinations/secrets";
import { neededMailer } from "../mail/mailer";
import type { Services } from "../services";

const secretTexts = z.record(z.string(), z.string());

/** Errors: `conflict` where it cannot be read with the present key. */
export function secretsOf({ secrets: sealed, workspaceId }: Pick<Alert, "secrets" | "workspaceId">, secrets: Secrets) {
  return secretTexts.parse(JSON.parse(secrets.open(sealed, workspaceId)));
}

/**
 * What is kept of a channel, in two: what may be shown, and what is encrypted. Secrets that are left out are those of `kept`,
 * where that is told the same way. Errors: `invalid` with the path; `conflict` for email where none is set up.
 */
export async function readChannel(
  services: Pick<Services, "metadata" | "mailer" | "secrets" | "workspaceId">,
  input: ChannelInput,
  kept?: Pick<Alert, "channel" | "secrets" | "workspaceId">,
): Promise<{ channel: StoredChannel; secrets: string }> {
  const isSameWay = kept !== undefined && storedChannel.parse(kept.channel).via === input.via;
  const before = () => (isSameWay ? secretsOf(kept, services.secrets) : {});
  const sealed = (texts: Record<string, string>) => services.secrets.seal(JSON.stringify(texts), services.workspaceId);
  switch (input.via) {
    case "email":
      neededMailer(services);
      return { channel: input, secrets: sealed({}) };
    case "slack": {
      const webhookUrl = input.webhookUrl ?? needed(before(), "webhookUrl", "the address of Slack's incoming webhook");
      return { channel: { via: "slack", channel: input.channel }, secrets: sealed({ webhookUrl }) };
    }
    case "webhook": {
      const secret = input.secret ?? needed(before(), "secret", "the secret that requests are signed with");
      return { channel: { via: "webhook", url: input.url }, secrets: sealed({ secret }) };
    }
    case "destination": {
      const { destinationId } = input;
      const found = await services.metadata.destination.findUnique({ where: { id: destinationId } });
      if (found === null || !tellingTools.includes(found.tool)) {
        const message = "There is no destination with this id that is told by Slack or a webhook.";
        throw new AppError("invalid", message, "channel.destinationId");
      }
      return { channel: input, secrets: sealed({}) };
    }
    default:
      return assertNever(input);
  }
}

function needed(secrets: Readonly<Record<string, string>>, name: string, what: string): string {
  const known = secrets[name];
  if (known !== undefined) return known;
  throw new AppError("invalid", `${name} is needed: ${what}.`, `channel.${name}`);
}

/** As it may be shown; `destinationOf` knows those that there are. */
export function shownChannel(
  stored: StoredChannel,
  destinationOf: (id: string) => { name: string; tool: string } | undefined,
): AlertChannel {
  if (stored.via !== "destination") return stored;
  const destination = destinationOf(stored.destinationId);
  return { ...stored, name: destination?.name ?? null, tool: destination?.tool ?? null };
}
