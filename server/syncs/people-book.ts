import * as z from "zod";
import { type IdentifierKind, identifierKinds } from "../../core/destinations/tool";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { storedMoment } from "../event-store/stored-moment";

/**
 * Where a person is in the tool, as far as it was told: `missed` should be in and `stuck` out, and both were given up; `entering`
 * and `leaving` are tried again by themselves.
 */
const bookStates = ["in", "out", "missed", "stuck", "entering", "leaving"] as const;
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
  /** When it was written down, in milliseconds since the epoch; of an entry that was read. */
  readonly writtenAt?: number;
  /** Of somebody who is entering or leaving: how often that was tried, and when it is next, in milliseconds since the epoch. */
  readonly waits?: { readonly attempts: number; readonly dueAt: number } | undefined;
}

const entryRow = z.strictObject({
  profile: z.int(),
  state: z.enum(bookStates),
  kind: z.enum([...identifierKinds, ""]),
  identifier: z.string(),
  key: z.string(),
  changedAt: z.int(),
  writtenAt: z.int(),
  attempts: z.int(),
  dueAt: z.int(),
});
const profileRow = z.strictObject({ profile: z.int() });
const versionRow = z.strictObject({ version: z.int() });
const countRow = z.strictObject({ state: z.enum(bookStates), people: z.int() });

const columns = sql`profile, toString(state) AS state, toString(identifier_kind) AS kind, identifier, key,
  toUnixTimestamp64Milli(changed_at) AS changedAt,
  toUnixTimestamp64Milli(at) AS writtenAt, attempts, toUnixTimestamp64Milli(due_at) AS dueAt`;

function entryOf({ attempts, dueAt, ...entry }: z.infer<typeof entryRow>): BookEntry {
  const isWaiting = entry.state === "entering" || entry.state === "leaving";
  return { ...entry, ...(isWaiting && { waits: { attempts, dueAt } }) };
}

type BookStore = Pick<EventStore, "query" | "insert" | "command">;

/** Whom one sync has told its tool of, and by which identifier. */
export class PeopleBook {
  #version: number;

  private constructor(
    readonly eventStore: BookStore,
    readonly sync: string,
    version: number,
  ) {
    this.#version = version;
  }

  static async open(eventStore: BookStore, sync: string): Promise<PeopleBook> {
    const [last] = await eventStore.query(
      sql`SELECT max(version) AS version FROM sync_people WHERE sync = ${param.string(sync)}`,
      versionRow,
    );
    return new PeopleBook(eventStore, sync, last?.version ?? 0);
  }

  async entriesOf(profiles: readonly number[]): Promise<Map<number, BookEntry>> {
    if (profiles.length === 0) return new Map();
    const rows = await this.eventStore.query(
      sql`SELECT ${columns} FROM sync_people FINAL
        WHERE sync = ${param.string(this.sync)} AND profile IN ${param.uint32s(profiles)}`,
      entryRow,
    );
    return new Map(rows.map((row) => [row.profile, entryOf(row)]));
  }

  /** Entries in these states, or in any, from a person's number on, in the order of the numbers. */
  async page(states: readonly BookState[] | undefined, from: number, limit: number): Promise<BookEntry[]> {
    const rows = await this.eventStore.query(
      sql`SELECT ${columns} FROM sync_people FINAL
        WHERE sync = ${param.string(this.sync)} AND profile >= ${param.uint32(from)}
          AND ${states === undefined ? sql`1` : sql`state IN ${param.strings(states)}`}
        ORDER BY profile LIMIT ${param.uint32(limit)}`,
      entryRow,
    );
    return rows.map(entryOf);
  }

  /** Who is tried again by themselves, the next one first. */
  async waiting(limit: number): Promise<BookEntry[]> {
    const rows = await this.eventStore.query(
      sql`SELECT ${columns} FROM sync_people FINAL
        WHERE sync = ${param.string(this.sync)} AND state IN ('entering', 'leaving')
        ORDER BY due_at, profile LIMIT ${param.uint32(limit)}`,
      entryRow,
    );
    return rows.map(entryOf);
  }

  /** Lets those who were given up, or one of them, be tried again from now on. */
  async tryAgain(profile?: number): Promise<void> {
    const one = profile === undefined ? sql`1` : sql`profile = ${param.uint32(profile)}`;
    this.#version += 1;
    await this.eventStore.command(
      sql`INSERT INTO sync_people (sync, profile, state, identifier_kind, identifier, key, changed_at, at, version, attempts, due_at)
        SELECT sync, profile, if(state = 'missed', 'entering', 'leaving'), identifier_kind, identifier, key, changed_at, at,
          ${param.uint64(this.#version)}, 0, at
        FROM sync_people FINAL
        WHERE sync = ${param.string(this.sync)} AND state IN ('missed', 'stuck') AND ${one}`,
    );
  }

  /** Which of these people share their identifier in the tool with somebody else who is in there. */
  async sharing(entries: readonly BookEntry[]): Promise<Set<number>> {
    const identifiers = entries.map(({ identifier }) => identifier).filter((identifier) => identifier !== "");
    if (identifiers.length === 0) return new Set();
    const holders = await this.eventStore.query(
      sql`SELECT ${columns} FROM sync_people FINAL WHERE sync = ${param.string(this.sync)}
        AND identifier IN ${param.strings(identifiers)} AND state IN ('in', 'stuck', 'entering', 'leaving')`,
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
    if (entries.length === 0) return;
    this.#version += 1;
    await this.eventStore.insert(
      "sync_people",
      entries.map(({ profile, state, kind, identifier, key, changedAt, waits }) => ({
        sync: this.sync,
        profile,
        state,
        identifier_kind: kind,
        identifier,
        key,
        changed_at: storedMoment(changedAt),
        at: storedMoment(now),
        version: this.#version,
        attempts: waits?.attempts ?? 0,
        due_at: storedMoment(waits?.dueAt ?? now),
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
  return {
    in: of("in"),
    out: of("out"),
    missed: of("missed"),
    stuck: of("stuck"),
    entering: of("entering"),
    leaving: of("leaving"),
  };
}

/** Numbers of those who are in the tool as far as it was told. */
export async function numbersIn(eventStore: Pick<EventStore, "query">, sync: string): Promise<number[]> {
  const rows = await eventStore.query(
    sql`SELECT profile FROM sync_people FINAL WHERE sync = ${param.string(sync)} AND state IN ('in', 'stuck', 'leaving')`,
    profileRow,
  );
  return rows.map(({ profile }) => profile);
}
