import { randomUUID } from "node:crypto";
import type { RefusalCode } from "../../core/event/refusal";
import type { Violation } from "../../core/tracking-plan/violation";
import type { InsertRow } from "../event-store/event-store";
import { storedMoment } from "../event-store/stored-moment";

/** Why a message is not among those that count. */
export const keptVerdicts = ["refused", "blocked", "duplicate"] as const;
type KeptVerdict = (typeof keptVerdicts)[number];

/** Longest text of a message that is kept whole, in UTF-16 units: twice what a request may bring. */
const maxRawLength = 65_536;
/** Of a longer one the beginning is kept, for people to see. */
const shownRawLength = 4_000;

/** What stood around a message and decided how it is read; the same again when it is replayed. */
export interface Around {
  /** The type that the endpoint said; absent where each message says its own. */
  readonly type?: string | undefined;
  readonly sentAt?: unknown;
  readonly context?: unknown;
  readonly integrations?: unknown;
  /** A file's times stand as written. */
  readonly trustTimestamps?: boolean | undefined;
}

/** A message that was refused, held back or had come before, as it is kept for a while. */
export interface KeptMessage {
  readonly id: string;
  readonly verdict: KeptVerdict;
  readonly code: RefusalCode | "duplicate";
  readonly message: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** JSON of the message as it was sent, or what was sent in place of one. */
  readonly raw: string;
  /** Whether `raw` is a whole message, so that it can be replayed. */
  readonly whole: boolean;
  readonly around: Around;
  /** The import that it came with and the line of the file; absent for a request. */
  readonly importId?: string | undefined;
  readonly line?: number | undefined;
  readonly violations: readonly Violation[];
}

export interface Unkept extends Pick<KeptMessage, "verdict" | "code" | "message" | "receivedAt"> {
  readonly raw: unknown;
  readonly around: Around;
  readonly importId?: string | undefined;
  readonly line?: number | undefined;
  readonly violations?: readonly Violation[];
}

/** Makes ready to keep what was sent as JSON. */
export function keep({ raw, violations = [], ...rest }: Unkept): KeptMessage {
  const text = JSON.stringify(raw) ?? "";
  const whole = text !== "" && text.length <= maxRawLength;
  return { ...rest, violations, id: randomUUID(), raw: whole ? text : text.slice(0, shownRawLength), whole };
}

/** Makes ready to keep what could not be read as a message: its text, or nothing where there is none. */
export function keepText({ text, ...rest }: Omit<Unkept, "raw"> & { text: string }): KeptMessage {
  return { violations: [], ...rest, id: randomUUID(), raw: text.slice(0, shownRawLength), whole: false };
}

/** As a row of `kept_messages`. */
export function keptRow(source: string, kept: KeptMessage): InsertRow {
  const fields = kept.whole ? fieldsOf(kept.raw) : {};
  return {
    id: kept.id,
    verdict: kept.verdict,
    source,
    import_id: kept.importId ?? "",
    line: kept.line ?? 0,
    received_at: storedMoment(kept.receivedAt),
    code: kept.code,
    message: kept.message,
    type: textOf(kept.around.type ?? fields.type),
    event: textOf(fields.event ?? fields.name),
    user_id: textOf(fields.userId),
    anonymous_id: textOf(fields.anonymousId),
    message_id: textOf(fields.messageId),
    raw: kept.raw,
    whole: kept.whole ? 1 : 0,
    around: JSON.stringify(kept.around),
    violations: JSON.stringify(kept.violations),
  };
}

function fieldsOf(raw: string): Record<string, unknown> {
  const value: unknown = JSON.parse(raw);
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** Whatever was sent there, as text to find it by. */
function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 1_000) : "";
}
