import { LRUCache } from "lru-cache";
import type { EventStore, InsertRow } from "../event-store/event-store";
import { storedMoment } from "../event-store/stored-moment";
import type { Assignment, LoggedJoin } from "./identity";
import { pairKey } from "./identity-set";

interface Sent {
  readonly messageId: string;
  readonly source: string;
}

/** The log of joins, as messages write it. */
export class JoinLog {
  /** What stood against a join is written once, and not with each message of a shared device. */
  readonly #noted = new LRUCache<string, true>({ max: 100_000 });

  constructor(readonly eventStore: EventStore) {}

  /** Writes what joined whom, before anything depends on it. `sent` are the messages, in the order of their arrival. */
  async write({ log, claims }: Pick<Assignment, "log" | "claims">, sent: readonly Sent[], at: number): Promise<void> {
    await this.eventStore.insert(
      "identity_log",
      log.filter((join) => this.#isNew(join)).map((join) => rowOf(join, sent, at)),
    );
    await this.eventStore.insert(
      "alias_claims",
      claims.map(({ previousId, userId, seq, messageId, message }) => ({
        previous_id: previousId,
        user_id: userId,
        seq,
        message_id: messageId,
        source: sent[message]?.source ?? "",
        at: storedMoment(at),
      })),
    );
  }

  #isNew({ action, reason, one, other }: LoggedJoin): boolean {
    if (action === "joined") return true;
    const key = `${reason}\0${pairKey(one, other)}`;
    const isNew = !this.#noted.has(key);
    this.#noted.set(key, true);
    return isNew;
  }
}

function rowOf(
  { seq, part, action, reason, one, other, cause }: LoggedJoin,
  sent: readonly Sent[],
  at: number,
): InsertRow {
  const { messageId, source } = (typeof cause === "number" ? sent[cause] : cause) ?? { messageId: "", source: "" };
  return {
    seq,
    part,
    at: storedMoment(at),
    action,
    reason,
    kind: one.kind,
    id: one.id,
    other_kind: other.kind,
    other_id: other.id,
    message_id: messageId,
    source,
    made_by: "",
  };
}
