import { Refusal } from "../../core/event/refusal";
import type { IdentityCheck } from "../../core/identity/identifiers";
import type { Enforcement } from "../../core/tracking-plan/definition";
import type { Violation } from "../../core/tracking-plan/violation";
import { identify } from "./identify";
import type { Ingest } from "./ingest";
import { type Around, type KeptMessage, keep, keepText } from "./kept-message";
import type { Message } from "./message";
import { valuesOf } from "./normalize";
import { type ActivePlan, askPlan } from "./plan-check";

/** How messages come in. */
export type Way = "request" | "import" | "sample" | "replay";

/** A message as it was sent and as it was read, or why it is not taken. */
export interface Arrived {
  readonly raw: unknown;
  /** What was sent in place of a message, where it could not be read as JSON. */
  readonly text?: string | undefined;
  readonly read: Message | Refusal;
  readonly receivedAt: number;
  /** One object for all messages that came together. */
  readonly around: Around;
  readonly importId?: string | undefined;
  readonly line?: number | undefined;
}

/** What became of a message. */
export interface Outcome {
  readonly verdict: "accepted" | "duplicate" | "refused" | "blocked";
  readonly arrived: Arrived;
  /** As it is stored; null for one that is not. */
  readonly message: Message | null;
  readonly refusal: Refusal | null;
  readonly violations: readonly Violation[];
  readonly enforced: Enforcement | null;
  /** Number of the person that it joined; null where it joined none. */
  readonly profile: number | null;
}

/** Who watches what comes in. Told after the fact, at once; must not throw, and must cost next to nothing. */
export interface IntakeObserver {
  taken(source: string, outcomes: readonly Outcome[], way: Way): void;
  /** Messages that were not acknowledged: their sender was told to send them again. */
  turnedAway(source: string, count: number): void;
}

export interface IntakeOptions {
  ingest: Ingest;
  /** The plan that is asked of a source; null for none. */
  planOf: (source: string) => ActivePlan | null;
  observers: readonly IntakeObserver[];
}

/** An outcome until the writer has said what is new. */
type Judged = { -readonly [Part in keyof Outcome]: Outcome[Part] };

const nothing: readonly Violation[] = [];

/** The one way of messages to where they are stored: asks the tracking plan, keeps what is not taken, and tells who watches. */
export class Intake {
  constructor(readonly options: IntakeOptions) {}

  /**
   * Takes messages of one source, in order of arrival, and answers what became of each. Errors: those of `Ingest.write`; then
   * none of them is acknowledged.
   */
  async take(source: string, arrived: readonly Arrived[], way: Way): Promise<Outcome[]> {
    const { ingest, planOf, observers } = this.options;
    const plan = planOf(source);
    const judged = arrived.map((one) => judge(one, plan, ingest.identity));
    const messages: Message[] = [];
    const rejections: KeptMessage[] = [];
    for (const outcome of judged) {
      if (outcome.message !== null) messages.push(outcome.message);
      // A replayed message is kept already.
      else if (way !== "replay") rejections.push(keepRefused(outcome));
    }
    try {
      const verdicts = await ingest.write({ source, messages, rejections });
      let next = 0;
      // Written into what was judged a moment ago, which nobody else has seen: a copy of each would cost as much as the plan.
      for (const outcome of judged) {
        if (outcome.message === null) continue;
        const verdict = verdicts[next++];
        if (verdict?.fresh) outcome.profile = verdict.profile;
        else outcome.verdict = "duplicate";
      }
      for (const observer of observers) observer.taken(source, judged, way);
      return judged;
    } catch (error) {
      for (const observer of observers) observer.turnedAway(source, arrived.length);
      throw error;
    }
  }

  /** Records something that was sent in place of messages and could not be read. Errors: those of `Ingest.write`. */
  async refuse(source: string, kept: KeptMessage, refusal: Refusal): Promise<void> {
    await this.options.ingest.write({ source, messages: [], rejections: [kept] });
    const arrived = { raw: kept.raw, read: refusal, receivedAt: kept.receivedAt, around: kept.around };
    const outcome = refused(arrived, refusal);
    for (const observer of this.options.observers) observer.taken(source, [outcome], "request");
  }
}

function judge(arrived: Arrived, plan: ActivePlan | null, identity: IdentityCheck): Judged {
  const read = arrived.read instanceof Refusal ? arrived.read : identify(arrived.read, identity);
  // Nothing is kept or shown of people who were deleted.
  if (read instanceof Refusal)
    return refused(read.code === "suppressed" ? { ...arrived, raw: null, text: "", read } : arrived, read);
  if (plan === null) return taken(arrived, read, nothing, null);
  const { read: planned, violations, enforced } = askPlan(plan, read, valuesOf(arrived.raw, read.type));
  if (!(planned instanceof Refusal)) return taken(arrived, planned, violations, enforced);
  return { verdict: "blocked", arrived, message: null, refusal: planned, violations, enforced, profile: null };
}

function taken(
  arrived: Arrived,
  message: Message,
  violations: readonly Violation[],
  enforced: Enforcement | null,
): Judged {
  return { verdict: "accepted", arrived, message, refusal: null, violations, enforced, profile: null };
}

function refused(arrived: Arrived, refusal: Refusal): Judged {
  return {
    verdict: "refused",
    arrived,
    message: null,
    refusal,
    violations: nothing,
    enforced: null,
    profile: null,
  };
}

function keepRefused({ arrived, verdict, refusal, violations }: Outcome): KeptMessage {
  const { raw, text, receivedAt, around, importId, line } = arrived;
  const why = {
    verdict: verdict === "blocked" ? "blocked" : "refused",
    code: refusal?.code ?? "not_an_object",
    message: refusal?.message ?? "",
  } as const;
  const kept = { ...why, receivedAt, around, importId, line, violations };
  return text === undefined ? keep({ ...kept, raw }) : keepText({ ...kept, text });
}
