import type { MembershipCause } from "@/core/api/memberships";
import type { EventStore, InsertRow } from "@/server/event-store/event-store";
import { storedMoment } from "@/server/event-store/stored-moment";

/** Somebody's entering or leaving, to be written down. Moments are milliseconds since the epoch. */
export interface NewChange {
  readonly audienceId: string;
  readonly profile: number;
  readonly entered: boolean;
  readonly at: number;
  readonly cause: MembershipCause;
  /** Empty where no message decided. */
  readonly messageId: string;
  /** The identifiers of somebody who is being deleted, as JSON. */
  readonly identifiers?: string;
}

/** Up to which moment and which arrival a log is complete. */
export interface Progress {
  readonly asOf: number;
  readonly arrival: number;
}

/** Rows of one insert: they are seen together. */
const rowsAtOnce = 100_000;

/** Adds changes to the log, the first with `cursor`. Those of up to a hundred thousand are written all or none. */
export async function insertChanges(
  eventStore: Pick<EventStore, "insert">,
  changes: readonly NewChange[],
  cursor: number,
  recordedAt: number,
  progress: Progress,
): Promise<void> {
  for (let start = 0; start < changes.length; start += rowsAtOnce) {
    const rows = changes.slice(start, start + rowsAtOnce).map(
      (change, index): InsertRow => ({
        audience_id: change.audienceId,
        cursor: cursor + start + index,
        profile: change.profile,
        entered: change.entered ? 1 : 0,
        at: storedMoment(change.at),
        recorded_at: storedMoment(recordedAt),
        cause: change.cause,
        message_id: change.messageId,
        as_of: storedMoment(progress.asOf),
        arrival: progress.arrival,
        identifiers: change.identifiers ?? "",
      }),
    );
    await eventStore.insert("membership_changes", rows);
  }
}
