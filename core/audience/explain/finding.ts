import type { HistoryMessage, JsonValue } from "../../event/message";

/** A message that had a say in a condition's answer. */
export interface Evidence {
  message: HistoryMessage;
  /** What an identify set, where the condition is on a trait. */
  value?: JsonValue | undefined;
  /** Why an event was looked at and not counted, or what part it had: "outside the time", "step 2". */
  note?: string;
}

/** What one condition's answer rests on. */
export interface Finding {
  /** What was found, in a few words: "2 times", "is trial, held since Sat 21 Nov 2026 14:32". */
  found: string;
  /** The very messages that decided, the last first; all of them. */
  decided: readonly Evidence[];
  /** Where nothing decided: what came nearest, and why it does not count. */
  considered: readonly Evidence[];
}
