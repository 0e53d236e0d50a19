import { randomUUID } from "node:crypto";
import { AppError } from "../../core/errors";
import type { MessageType } from "../../core/event/message";
import { Refusal } from "../../core/event/refusal";
import type { Intake } from "./intake";
import { isTooDeep } from "./json-text";
import type { RequestLimits } from "./limits";
import type { Envelope } from "./message";
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

/** What holds for a request, whatever it brings. */
export interface RequestRules {
  readonly source: string;
  readonly receivedAt: number;
  readonly limits: RequestLimits;
  /** Why nothing of the source is taken now; its messages are kept as refused, and can be replayed. */
  readonly refusal: Refusal | null;
}

type EnvelopeFields = Pick<Envelope, "sentAt" | "context" | "integrations">;

function liveEnvelope({ receivedAt, limits }: RequestRules, around: EnvelopeFields): Envelope {
  const maxMessageBytes = limits.messageBytes;
  return { ...around, receivedAt, trustTimestamps: false, maxMessageBytes, nameMessage: () => randomUUID() };
}

/**
 * Stores the one message of a request. Errors: `invalid` or `too_large` with the reason when it is refused or held back,
 * which is recorded; those of `Intake.take`.
 */
export async function acceptMessage(
  intake: Intake,
  rules: RequestRules,
  fields: Fields,
  type: MessageType,
): Promise<void> {
  const { source, receivedAt } = rules;
  const read = rules.refusal ?? normalize(fields, type, liveEnvelope(rules, {}), 0);
  const [outcome] = await intake.take(source, [{ raw: fields, read, receivedAt, around: { type } }], "request");
  const refusal = outcome?.refusal ?? null;
  if (refusal === null) return;
  if (rules.refusal !== null) throw new AppError("forbidden", rules.refusal.message);
  throw new AppError(refusal.code === "too_large" ? "too_large" : "invalid", refusal.message, refusal.path);
}

function assertObject(fields: Fields, field: string): void {
  const value = fields[field];
  if (value === undefined || value === null) return;
  if (!isFields(value)) throw new AppError("invalid", `${field} must be an object.`, field);
  if (isTooDeep(value)) throw new AppError("invalid", `${field} may nest at most 64 levels.`, field);
}

/**
 * Stores the messages of a batch and answers those that were refused, which are recorded. Errors: `invalid` for what
 * is no batch; `forbidden` where nothing of the source is taken; those of `Intake.take`, and then none of the batch is acknowledged.
 */
export async function acceptBatch(intake: Intake, rules: RequestRules, fields: Fields): Promise<RejectedMessage[]> {
  const { source, receivedAt, limits, refusal } = rules;
  const { batch, sentAt, context, integrations } = fields;
  if (!Array.isArray(batch)) throw new AppError("invalid", "batch must be a list of messages.", "batch");
  assertObject(fields, "context");
  assertObject(fields, "integrations");
  const around = { sentAt, context, integrations };
  const envelope = liveEnvelope(rules, around);
  const arrived = batch.map((raw: unknown, index) => {
    const read =
      index < limits.batchMessages
        ? (refusal ?? normalize(raw, undefined, envelope, index))
        : new Refusal(
            "too_many",
            `A batch may have at most ${limits.batchMessages} messages; send the rest in another.`,
          );
    return { raw, read, receivedAt, around };
  });
  const outcomes = await intake.take(source, arrived, "request");
  if (refusal !== null) throw new AppError("forbidden", refusal.message);
  return outcomes.flatMap(({ refusal: refused }, index) =>
    refused === null ? [] : [{ index, code: refused.code, message: refused.message }],
  );
}
