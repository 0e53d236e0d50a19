import * as z from "zod";
import { type IdentifierKind, identifierKinds } from "../../core/destinations/tool";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { storedMoment } from "../event-store/stored-moment";

/** Where a person is in the tool, as far as it was told: `missed` should be in and `stuck` out, and both were given up. */
const bookStates = ["in", "out", "missed", "stuck"] as const;
export type BookState = (typeof bookStates)[number];

export interface BookEntry {
  readonly profile: number;
  readonly state: BookState;
  /** By which the tool knows the person; both empty where none was sent. */
  readonly kind: IdentifierKind | "";
  readonly identifier: string;
  /** Of the change that led here. */
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
}

/** An entry as it is kept; `writtenAt` in milliseconds since the epoch. */
export interface KeptEntry extends BookEntry {
  readonly writtenAt: number;
}

const entryRow = z.strictObject({
  profile: z.int(),
  state: z.enum(bookStates),
  kind: z.enum([...identifierKinds, ""]),
  identifier: z.string(),
  key: z.string(),
  changedAt: z.int(),
  writtenAt: z.int(),
});
const profileRow = z.strictObject({ profile: z.int() });
const versionRow = z.strictObject({ version: z.int() });
const countRow = z.strictObject({ state: z.enum(bookStates), people: z.int() });

const columns = sql`profile, toString(state) AS state, toString(identifier_kind) AS kind, identifier, key,
  toUnixTimestamp64Milli(changed_at) AS changedAt, toUnixTimestamp64Milli(at) AS writtenAt`;

/** Whom one sync has told its tool of, and by which identifier. */
export class PeopleBook {
  #version: number;

  private constructor(
    readonly eventStore: Pick<EventStore, "query" | "insert">,
    readonly sync: string,
    version: number,
  ) {
    this.#version = version;
  }

  static async open(eventStore: Pick<EventStore, "query" | "insert">, sync: string): Promise<PeopleBook> {
    const [last] = await eventStore.query(
      sql`SELECT max(version) AS version FROM sync_people WHERE sync = ${param.string(sync)}`,
      versionRow,
    );
    return new PeopleBook(eventStore, sync, last?.version ?? 0);
  }

  async entriesOf(profiles: readonly number[]): Promise<Map<number, KeptEntry>> {
    if (profiles.length === 0) return new Map();
    const rows = await this.eventStore.query(
      sql`SELECT ${columns} FROM sync_people FINAL
        WHERE sync = ${param.string(this.sync)} AND profile IN ${param.uint32s(profiles)}`,
      entryRow,
    );
    return new Map(rows.map((row) => [row.profile, row]));
  }

  /** Entries in these states from a person's number on, in the order of the numbers. */
  async page(states: readonly BookState[], from: number, limit: number): Promise<KeptEntry[]> {
    return this.eventStore.query(
      sql`SELECT ${columns} FROM sync_people FINAL
        WHERE sync = ${param.string(this.sync)} AND profile >= ${param.uint32(from)} AND state IN ${param.strings(states)}
        ORDER BY profile LIMIT ${param.uint32(limit)}`,
      entryRow,
    );
  }

  /** Which of these people share their identifier in the tool with somebody else who is in there. */
  async sharing(entries: readonly BookEntry[]): Promise<Set<number>> {
    const identifiers = entries.map(({ identifier }) => identifier).filter((identifier) => identifier !== "");
    if (identifiers.length === 0) return new Set();
    const holders = await this.eventStore.query(
      sql`SELECT ${columns} FROM sync_people FINAL WHERE sync = ${param.string(this.sync)}
        AND identifier IN ${param.strings(identifiers)} AND state IN ('in', 'stuck')`,
      entryRow,
    );
    return new Set(
      entries
        .filter((entry) =>
          holders.some(
            (other) =>
              other.profile !== entry.profile && other.identifier === entry.identifier && other.kind === entry.kind,
          ),
        )
        .map(({ profile }) => profile),
    );
  }

  async write(entries: readonly BookEntry[], now: number): Promise<void> {
    this.#version += 1;
    await this.eventStore.insert(
      "sync_people",
      entries.map(({ profile, state, kind, identifier, key, changedAt }) => ({
        sync: this.sync,
        profile,
        state,
        identifier_kind: kind,
        identifier,
        key,
        changed_at: storedMoment(changedAt),
        at: storedMoment(now),
        version: this.#version,
      })),
    );
  }
}

/** How many people are in each state, by sync. */
export async function bookCounts(
  eventStore: Pick<EventStore, "query">,
  sync: string,
): Promise<Record<BookState, number>> {
  const rows = await eventStore.query(
    sql`SELECT toString(state) AS state, count() AS people FROM sync_people FINAL
      WHERE sync = ${param.string(sync)} GROUP BY state`,
    countRow,
  );
  const of = (state: BookState) => rows.find((row) => row.state === state)?.people ?? 0;
  return { in: of("in"), out: of("out"), missed: of("missed"), stuck: of("stuck") };
}

/** Numbers of those who are in the tool as far as it was told. */
export async function numbersIn(eventStore: Pick<EventStore, "query">, sync: string): Promise<number[]> {
  const rows = await eventStore.query(
    sql`SELECT profile FROM sync_people FINAL WHERE sync = ${param.string(sync)} AND state IN ('in', 'stuck')`,
    profileRow,
  );
  return rows.map(({ profile }) => profile);
}
