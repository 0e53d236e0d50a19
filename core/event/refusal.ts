/** Why a message was refused. Shown in answers, beside refused lines of a file, and on a source's page. */
export type RefusalCode =
  | "invalid_json"
  | "invalid_csv"
  | "not_an_object"
  | "unknown_type"
  | "missing_id"
  | "blocked_id"
  | "suppressed"
  | "invalid_id"
  | "missing_event"
  | "invalid_event"
  | "missing_group_id"
  | "missing_previous_id"
  | "invalid_properties"
  | "invalid_context"
  | "invalid_message_id"
  | "invalid_timestamp"
  | "too_deep"
  | "too_large"
  | "too_many"
  | "blocked_by_plan"
  | "source_off";

/** A message that is not taken, with the reason in plain words. `path` points into the message. */
export class Refusal {
  constructor(
    readonly code: RefusalCode,
    readonly message: string,
    readonly path?: string,
  ) {}
}
