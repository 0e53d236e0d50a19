import type { ArrivedMessage } from "../../core/api/debugger";
import type { Outcome, Way } from "../ingest/intake";
import type { Message } from "../ingest/message";
import { profileId } from "../profiles/profile-id";

const isoOf = (moment: number): string => new Date(moment).toISOString();
const orNull = (text: string): string | null => (text === "" ? null : text);

/** What is known of a message that came in, as the API answers it. */
export function arrivedMessage(
  outcome: Outcome,
  { number, source, way }: { number: number; source: string; way: Way },
): ArrivedMessage {
  const { arrived, message, refusal, violations } = outcome;
  const names = namesOf(outcome);
  return {
    number,
    sourceId: source,
    way,
    receivedAt: isoOf(arrived.receivedAt),
    verdict: outcome.verdict,
    code: refusal?.code ?? null,
    reason: refusal?.message ?? null,
    type: names.type,
    event: names.event,
    messageId: orNull(names.messageId),
    userId: orNull(names.userId),
    anonymousId: orNull(names.anonymousId),
    clockMs: message === null ? 0 : message.timestamp - message.originalTimestamp,
    violations: violations.map(({ kind, property, message: words }) => ({ kind, property, message: words })),
    enforced: outcome.enforced,
    profileId: outcome.profile === null ? null : profileId(outcome.profile),
    raw: arrived.text ?? arrived.raw,
    normalised: message === null ? null : normalisedOf(message),
  };
}

interface Names {
  readonly type: string;
  readonly event: string;
  readonly messageId: string;
  readonly userId: string;
  readonly anonymousId: string;
}

/** What a message is called by; of one that was not taken, what it says itself. */
export function namesOf({ message, arrived }: Pick<Outcome, "message" | "arrived">): Names {
  if (message !== null) return message;
  const { raw, around } = arrived;
  const fields: Record<string, unknown> = typeof raw === "object" && raw !== null ? { ...raw } : {};
  const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
  return {
    type: around.type ?? text(fields.type),
    event: text(fields.event ?? fields.name),
    messageId: text(fields.messageId),
    userId: text(fields.userId),
    anonymousId: text(fields.anonymousId),
  };
}

function normalisedOf(message: Message): ArrivedMessage["normalised"] {
  return {
    type: message.type,
    event: message.event,
    messageId: message.messageId,
    userId: orNull(message.userId),
    anonymousId: orNull(message.anonymousId),
    timestamp: isoOf(message.timestamp),
    originalTimestamp: isoOf(message.originalTimestamp),
    sentAt: message.sentAt === null ? null : isoOf(message.sentAt),
    receivedAt: isoOf(message.receivedAt),
    properties: JSON.parse(message.properties),
    context: JSON.parse(message.context),
    extra: JSON.parse(message.extra),
  };
}
