import * as z from "zod";
import type { EventStore } from "@/server/event-store/event-store";
import { PeopleBits } from "@/server/event-store/people-bits";
import { sql } from "@/server/event-store/sql";
import { storedMoment } from "@/server/event-store/stored-moment";
import { insertChanges, type NewChange, type Progress } from "./change-rows";
import type { KeptIdentifiers } from "./kept-identifiers";
import type { ChangeListener, CurrentMembers } from "./memberships";

const progressRow = z.strictObject({
  audienceId: z.string(),
  meaning: z.string(),
  asOf: z.int(),
  arrival: z.int(),
  version: z.int(),
});
const lastRow = z.strictObject({ cursor: z.int(), asOf: z.int(), arrival: z.int() });

type Store = Pick<EventStore, "query" | "blocks" | "insert">;

/** The log of changes and what it comes to: who is in each audience now. The one that writes it. */
export class MembershipLog {
  readonly #eventStore: Store;
  readonly #members: Map<string, PeopleBits>;
  readonly #meanings: Map<string, string>;
  readonly #listeners = new Set<ChangeListener>();
  #cursor: number;
  #version: number;
  #progress: Progress;
  /** The end of what is being written: cursors grow in the order in which changes are seen. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    eventStore: Store,
    members: Map<string, PeopleBits>,
    meanings: Map<string, string>,
    last: { cursor: number; version: number; progress: Progress },
  ) {
    this.#eventStore = eventStore;
    this.#members = members;
    this.#meanings = meanings;
    this.#cursor = last.cursor;
    this.#version = last.version;
    this.#progress = last.progress;
  }

  static async open(eventStore: Store): Promise<MembershipLog> {
    const [progress, [last]] = await Promise.all([
      eventStore.query(
        sql`SELECT audience_id AS audienceId, meaning, toUnixTimestamp64Milli(as_of) AS asOf, arrival, version
          FROM membership_progress FINAL`,
        progressRow,
      ),
      eventStore.query(
        sql`SELECT max(cursor) AS cursor, toUnixTimestamp64Milli(max(as_of)) AS asOf, max(arrival) AS arrival FROM membership_changes`,
        lastRow,
      ),
    ]);
    const whole = progress.find(({ audienceId }) => audienceId === "");
    const begun = progress.filter(({ audienceId }) => audienceId !== "");
    return new MembershipLog(
      eventStore,
      await foldedLog(eventStore),
      new Map(begun.map(({ audienceId, meaning }) => [audienceId, meaning])),
      {
        cursor: last?.cursor ?? 0,
        version: Math.max(0, ...progress.map(({ version }) => version)),
        progress: {
          asOf: Math.max(whole?.asOf ?? 0, last?.asOf ?? 0),
          arrival: Math.max(whole?.arrival ?? 0, last?.arrival ?? 0),
        },
      },
    );
  }

  /** Up to where every log is complete. */
  get progress(): Progress {
    return this.#progress;
  }

  /** By which meaning the audience's log was begun or brought up to date last; undefined for one that has none. */
  meaningOf(audienceId: string): string | undefined {
    return this.#meanings.get(audienceId);
  }

  /** The audiences whose logs are kept. */
  followed(): string[] {
    return [...this.#meanings].flatMap(([id, meaning]) => (meaning === "" ? [] : [id]));
  }

  /** Everybody whom the log has in the audience, also while it is being brought up to date. */
  membersOf(audienceId: string): PeopleBits {
    return this.#members.get(audienceId) ?? PeopleBits.none;
  }

  current(audienceId: string): CurrentMembers | undefined {
    if (!this.#meanings.get(audienceId)) return undefined;
    return { members: this.membersOf(audienceId), cursor: this.#cursor };
  }

  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Writes changes down, in their order, and holds them from then on; what holds already is left out. `progress` is how far the
   * log is complete with them, as far as it was before unless told. Errors: whatever the store says; then nothing of it holds
   * in this process.
   */
  append(changes: readonly NewChange[], recordedAt: number, progress?: Progress): Promise<void> {
    const appended = this.#last.then(() => this.#append(changes, recordedAt, progress ?? this.#progress));
    this.#last = appended.catch(() => undefined);
    return appended;
  }

  /** Takes somebody who is about to be deleted out of every audience (see `Memberships`). */
  leaveAll(profile: number, identifiers: KeptIdentifiers, at: number): Promise<void> {
    const told = JSON.stringify(identifiers);
    const changes = this.followed().map(
      (audienceId): NewChange => ({
        audienceId,
        profile,
        entered: false,
        at,
        cause: "deletion",
        messageId: "",
        identifiers: told,
      }),
    );
    return this.append(changes, at);
  }

  async #append(changes: readonly NewChange[], recordedAt: number, progress: Progress): Promise<void> {
    const states = new Map<string, Map<number, boolean>>();
    const news = changes.filter(({ audienceId, profile, entered }) => {
      const ofAudience = states.get(audienceId) ?? new Map<number, boolean>();
      const held = ofAudience.get(profile) ?? this.membersOf(audienceId).has(profile);
      states.set(audienceId, ofAudience.set(profile, entered));
      return held !== entered;
    });
    if (news.length > 0) {
      await insertChanges(this.#eventStore, news, this.#cursor + 1, recordedAt, progress);
      this.#cursor += news.length;
    }
    this.#progress = progress;
    for (const [audienceId, ofAudience] of states) {
      const those = (state: boolean) =>
        PeopleBits.ofNumbers([...ofAudience].flatMap(([profile, entered]) => (entered === state ? [profile] : [])));
      this.#members.set(audienceId, this.membersOf(audienceId).or(those(true)).without(those(false)));
    }
    if (news.length === 0) return;
    const told = { audienceIds: new Set(news.map(({ audienceId }) => audienceId)), cursor: this.#cursor };
    for (const listener of this.#listeners) listener(told);
  }

  /** Writes down by which meaning an audience's log is complete; an empty one for an audience that is no longer followed. */
  async setMeaning(audienceId: string, meaning: string): Promise<void> {
    await this.#insertProgress(audienceId, meaning);
    this.#meanings.set(audienceId, meaning);
  }

  /** Writes down how far the log is complete, where no change has done so. */
  saveProgress(): Promise<void> {
    return this.#insertProgress("", "");
  }

  async #insertProgress(audienceId: string, meaning: string): Promise<void> {
    this.#version += 1;
    const { asOf, arrival } = this.#progress;
    await this.#eventStore.insert("membership_progress", [
      { audience_id: audienceId, meaning, as_of: storedMoment(asOf), arrival, version: this.#version },
    ]);
  }
}

/** Who is in each audience by the last entry of each person. */
async function foldedLog(eventStore: Pick<Store, "blocks">): Promise<Map<string, PeopleBits>> {
  const blocks = await eventStore.blocks(
    sql`SELECT CAST(audience_id, 'String') AS audience, CAST(groupBitmapState(profile), 'String') AS people
      FROM (SELECT audience_id, profile FROM membership_changes GROUP BY audience_id, profile HAVING argMax(entered, cursor) = 1)
      GROUP BY audience_id`,
  );
  return new Map(
    blocks.flatMap((block) => {
      const [audiences, people] = [block.texts("audience"), block.texts("people")];
      return Array.from({ length: block.rows }, (_, row): [string, PeopleBits] => [
        audiences.at(row),
        PeopleBits.ofStates([people.bytes(row)]),
      ]);
    }),
  );
}
