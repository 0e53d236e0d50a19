import * as z from "zod";
import type { SyncComparison } from "../../core/api/syncs";
import { type IdentifierKind, identifierKinds } from "../../core/destinations/tool";
import { AppError } from "../../core/errors";
import { connectionOf } from "../destinations/connection";
import { DeliveryError } from "../destinations/delivery-error";
import { masked, recordingFetch } from "../destinations/recording";
import { destinationOf } from "../destinations/registry";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { profileId } from "../profiles/profile-id";
import type { Services } from "../services";
import { type BookEntry, PeopleBook } from "./people-book";
import { filledOptions } from "./sync-options";
import { type Wanted, wantedOf } from "./sync-steps";

const shownOfEach = 100;
const entriesAtOnce = 10_000;
const preparedAnswer = z.record(z.string(), z.string());
const ownerRow = z.strictObject({ name: z.string(), profile: z.int() });

/** Somebody whom the tool has and should not have. */
interface Extra {
  readonly identifier: string;
  /** The number of the person; undefined for somebody whom nobody here knows. */
  readonly profile: number | undefined;
}

/** Both ways in which a tool's list differs from what it should be. */
interface Difference {
  readonly there: number;
  readonly expected: number;
  readonly missing: readonly BookEntry[];
  readonly extra: readonly Extra[];
}

/** Tools keep emails in small letters, or do not tell them apart by case. */
const sameName = (identifier: string, kind: IdentifierKind) =>
  kind === "email" ? identifier.toLowerCase() : identifier;

/** Errors: `not_found`; `conflict` for a sync that does not run, or still sends everybody. */
async function readyToCompare({ metadata, memberships }: Services, id: string) {
  const sync = await metadata.sync.findUnique({
    where: { id },
    include: { destination: true, audience: { select: { key: true, name: true } } },
  });
  if (sync === null) throw new AppError("not_found", "There is no sync with this id.");
  const wanted = wantedOf(memberships, sync);
  if (sync.status !== "running" || sync.cursor === null || sync.firstNext !== null || wanted === undefined) {
    throw new AppError("conflict", "This sync must run and have sent everybody before it can be compared.");
  }
  return { sync, wanted };
}

/**
 * What a tool has beside what it should have; null with the reason where it cannot be asked. People who are on their way in or out are no
 * difference. Errors: `not_found`, `conflict`.
 */
async function differenceOf(services: Services, id: string, signal: AbortSignal): Promise<Difference | string> {
  const { eventStore, secrets, outgoing, syncs, now } = services;
  const { sync } = await readyToCompare(services, id);
  const { tool, list } = destinationOf(sync.destination.tool);
  if (list === undefined) return `${tool.name} cannot be asked whom it has.`;
  const pacer = syncs.pacerOf(sync.destinationId, tool.requestsPerSecond);
  const connection = connectionOf(sync.destination, secrets, pacer);
  const { identifier: kind, settings } = connection;
  const { key, name } = sync.audience;
  const target = {
    syncId: sync.id,
    audience: { id: sync.audienceId, key, name },
    options: filledOptions(sync.options, sync.audience),
    prepared: preparedAnswer.parse(sync.prepared ?? {}),
  };
  const begun = now().getTime();
  const listed = new Map<string, string>();
  try {
    const fetch = recordingFetch(outgoing.fetch, { pacer, secrets: connection.secrets, exchanges: [], signal });
    for await (const some of list(target, kind, settings, { ...outgoing, fetch, signal, now })) {
      for (const identifier of some) listed.set(sameName(identifier, kind), identifier);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof DeliveryError)) throw error;
    return `${tool.name} did not say whom it has: ${masked(error.message, connection.secrets)}`;
  }
  const { wanted } = await readyToCompare(services, id);
  const book = await PeopleBook.open(eventStore, id);
  const { sendsEntering, sendsLeaving } = sync;
  return compare({ listed, book, wanted, kind, begun, sendsEntering, sendsLeaving, eventStore });
}

interface Sides {
  listed: ReadonlyMap<string, string>;
  book: PeopleBook;
  wanted: Wanted;
  kind: IdentifierKind;
  begun: number;
  sendsEntering: boolean;
  sendsLeaving: boolean;
  eventStore: EventStore;
}

async function compare({ listed, book, wanted, kind, begun, eventStore, ...sends }: Sides): Promise<Difference> {
  const expected = new Set<string>();
  const onTheirWay = new Set<string>();
  const known = new Map<string, number>();
  const missing: BookEntry[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const entries: BookEntry[] = await book.page(undefined, from, entriesAtOnce);
    for (const entry of entries) {
      if (entry.identifier === "" || entry.kind !== kind) continue;
      const name = sameName(entry.identifier, kind);
      const isIn = wanted.people.has(entry.profile);
      const isSettled =
        entry.waits === undefined &&
        (entry.writtenAt ?? 0) < begun &&
        isIn === (entry.state === "in" || entry.state === "missed");
      known.set(name, entry.profile);
      if (isIn) expected.add(name);
      if (!isSettled) onTheirWay.add(name);
      else if (isIn && !listed.has(name)) missing.push(entry);
    }
    const last = entries.at(-1);
    from = last === undefined || entries.length < entriesAtOnce ? null : last.profile + 1;
  }
  const over = [...listed].filter(([name]) => !expected.has(name) && !onTheirWay.has(name));
  const strangers = over.filter(([name]) => !known.has(name)).map(([, identifier]) => identifier);
  const owners = await ownersOf(eventStore, kind, strangers);
  const extra = over.map(([name, identifier]) => {
    const profile = known.get(name) ?? owners.get(identifier);
    return { identifier, profile: profile !== undefined && wanted.people.has(profile) ? undefined : profile };
  });
  return {
    there: listed.size,
    expected: expected.size,
    missing: sends.sendsEntering ? missing : [],
    extra: sends.sendsLeaving ? extra : [],
  };
}

/** Whose these names are, of those that are somebody's. */
async function ownersOf(
  eventStore: EventStore,
  kind: IdentifierKind,
  names: readonly string[],
): Promise<Map<string, number>> {
  if (names.length === 0 || kind === "profileId") return new Map();
  const which = param.strings(names);
  const idKind = kind === "anonymousId" ? "anonymous" : "user";
  const rows = await eventStore.query(
    kind === "email"
      ? sql`SELECT JSONExtractString(value) AS name, max(profile) AS profile FROM trait_changes
          WHERE trait = 'email' AND name IN ${which} AND profile NOT IN (SELECT profile FROM profile_merges) GROUP BY name`
      : sql`SELECT id AS name, profile FROM identities FINAL WHERE kind = ${param.string(idKind)} AND id IN ${which}
          AND profile NOT IN (SELECT profile FROM profile_merges)`,
    ownerRow,
  );
  return new Map(rows.map(({ name, profile }) => [name, profile]));
}

/** Errors: `not_found`, `conflict`. */
export async function compareSync(services: Services, id: string, signal: AbortSignal): Promise<SyncComparison> {
  const found = await differenceOf(services, id, signal);
  const asOf = services.now().toISOString();
  if (typeof found === "string") return { isAsked: false, reason: found, asOf };
  const { there, expected, missing, extra } = found;
  return {
    isAsked: true,
    there,
    expected,
    missing: missing.length,
    missingPeople: missing
      .slice(0, shownOfEach)
      .map(({ profile, identifier }) => ({ identifier, profileId: profileId(profile) })),
    extra: extra.length,
    extraPeople: extra.slice(0, shownOfEach).map(({ identifier, profile }) => ({
      identifier,
      profileId: profile === undefined ? null : profileId(profile),
    })),
    strangers: extra.filter(({ profile }) => profile === undefined).length,
    asOf,
  };
}

/**
 * Sends those again whom the tool lacks, and takes those out whom it should not have; nobody is taken out who is not known here. They are
 * taken up by the sync, also of the next process. Answers how many of each. Errors: `not_found`; `conflict`, also where the tool cannot be asked.
 */
export async function repairSync(
  services: Services,
  id: string,
  signal: AbortSignal,
): Promise<{ entering: number; leaving: number }> {
  const found = await differenceOf(services, id, signal);
  if (typeof found === "string") throw new AppError("conflict", found);
  const { sync } = await readyToCompare(services, id);
  const now = services.now().getTime();
  const waits = { attempts: 0, dueAt: now };
  const nameOf = (profile: number) => ({ key: `${id}.r${now}.p${profile}`, changedAt: now, waits });
  const kind = z.enum(identifierKinds).parse(sync.destination.identifier);
  const entering = found.missing.map((entry): BookEntry => ({ ...entry, state: "entering", ...nameOf(entry.profile) }));
  const leaving = found.extra.flatMap(({ identifier, profile }): BookEntry[] =>
    profile === undefined ? [] : [{ profile, state: "leaving", kind, identifier, ...nameOf(profile) }],
  );
  // The book has one writer.
  await services.syncs.end(id);
  try {
    const book = await PeopleBook.open(services.eventStore, id);
    await book.write([...entering, ...leaving], now);
  } finally {
    services.syncs.start(sync);
  }
  return { entering: entering.length, leaving: leaving.length };
}
