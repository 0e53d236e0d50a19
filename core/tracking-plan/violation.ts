import type { JsonValue } from "../event/message";

/** What can be wrong with a message. */
export const violationKinds = [
  "unplanned_event",
  "unplanned_property",
  "missing",
  "wrong_type",
  "not_allowed",
  "pattern",
  "range",
] as const;
export type ViolationKind = (typeof violationKinds)[number];

export interface Violation {
  readonly kind: ViolationKind;
  /** Names down to the value, lists as `[]`: `items[].price`. "" for an event that is not planned. */
  readonly property: string;
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** What was sent there; absent where nothing was. */
  readonly value?: JsonValue;
  /** Names down to what must go for the rest to be right; absent where nothing can be taken away. */
  readonly drop?: readonly string[];
}
