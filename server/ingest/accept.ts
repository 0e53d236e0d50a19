import { randomUUID } from "node:crypto";
import { AppError } from "../../core/errors";
import type { MessageType } from "../../core/event/message";
import { Refusal } from "../../core/event/refusal";
import type { Ingest, Rejection } from "./ingest";
import { isTooDeep } from "./json-text";
import { maxBatchMessages, maxMessageBytes } from "./limits";
import type { Envelope, Message } from "./message";
import { normalize } from "./normalize";

export interface RejectedMessage {
  /** Position in the batch, from 0. */
  index: number;
  code: string;
  message: string;
}

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The fields of a body. Throws `invalid` for JSON of another kind. */
export function bodyFields(body: unknown): Fields {
  if (!isFields(body)) throw new AppError("invalid", "The body must be a JSON object.");
  return body;
}

function liveEnvelope(receivedAt: number, around: Pick<Envelope, "sentAt" | "context" | "integrations">): Envelope {
  return { ...around, receivedAt, trustTimestamps: false, maxMessageBytes, nameMessage: () => randomUUID() };
}

function rejectionOf(refusal: Refusal, raw: unknown, receivedAt: number): Rejection {
  return { code: refusal.code, message: refusal.message, receivedAt, raw: JSON.stringify(raw).slice(0, 4_000) };
}

/**
 * Stores the one message of a request. Errors: `invalid` or `too_large` with the reason when it is refused, which is
 * recorded; those of `Ingest.write`.
 */
export async function acceptMessage(
  ingest: Ingest,
  source: string,
  fields: Fields,
  type: MessageType,
  receivedAt: number,
): Promise<void> {
  const message = normalize(fields, type, liveEnvelope(receivedAt, {}), 0);
  if (message instanceof Refusal) {
    await ingest.write({ source, messages: [], rejections: [rejectionOf(message, fields, receivedAt)] });
    const code = message.code === "too_large" ? "too_large" : "invalid";
    throw new AppError(code, message.message, message.path);
  }
  await ingest.write({ source, messages: [message], rejections: [] });
}

function assertObject(fields: Fields, field: string): void {
  const value = fields[field];
  if (value === undefined || value === null) return;
  if (!isFields(value)) throw new AppError("invalid", `${field} must be an object.`, field);
  if (isTooDeep(value)) throw new AppError("invalid", `${field} may nest at most 64 levels.`, field);
}

/**
 * Stores the messages of a batch and answers those that were refused, which are recorded. Errors: `invalid` for what
 * is no batch; those of `Ingest.write`, and then none of the batch is acknowledged.
 */
export async function acceptBatch(
  ingest: Ingest,
  source: string,
  fields: Fields,
  receivedAt: number,
): Promise<RejectedMessage[]> {
  const { batch } = fields;
  if (!Array.isArray(batch)) throw new AppError("invalid", "batch must be a list of messages.", "batch");
  assertObject(fields, "context");
  assertObject(fields, "integrations");
  const envelope = liveEnvelope(receivedAt, fields);
  const messages: Message[] = [];
  const rejections: Rejection[] = [];
  const rejected: RejectedMessage[] = [];
  batch.forEach((raw: unknown, index) => {
    const message =
      index < maxBatchMessages
        ? normalize(raw, undefined, envelope, index)
        : new Refusal("too_many", `A batch may have at most ${maxBatchMessages} messages; send the rest in another.`);
    if (!(message instanceof Refusal)) {
      messages.push(message);
      return;
    }
    rejected.push({ index, code: message.code, message: message.message });
    rejections.push(rejectionOf(message, raw, receivedAt));
  });
  await ingest.write({ source, messages, rejections });
  return rejected;
}
