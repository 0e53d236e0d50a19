import type { Sync } from "@/generated/prisma/client";
import type { EventStore } from "../event-store/event-store";
import { PeopleBits } from "../event-store/people-bits";
import type { Memberships } from "../memberships/memberships";
import { type RecordedChange, readChanges } from "../memberships/read-changes";
import type { BookEntry, PeopleBook } from "./people-book";
import { keyAfter, type Step } from "./plan-items";

/** Who is to be in the tool now, and the cursor of the last change in that; undefined while that is being found. */
export interface Wanted {
  readonly people: PeopleBits;
  readonly suppressed: PeopleBits;
  readonly cursor: number;
}

export function wantedOf(
  memberships: Memberships,
  { audienceId, suppressionId }: Pick<Sync, "audienceId" | "suppressionId">,
): Wanted | undefined {
  const audience = memberships.current(audienceId);
  const suppression = suppressionId === null ? undefined : memberships.current(suppressionId);
  if (audience === undefined || (suppressionId !== null && suppression === undefined)) return undefined;
  const suppressed = suppression?.members ?? PeopleBits.none;
  return { people: audience.members.without(suppressed), suppressed, cursor: audience.cursor };
}

type Swept = Pick<Sync, "id" | "cursor">;

/** A change of somebody that the sweep finds. */
function sweptStep(sync: Swept, profile: number, change: Step["change"], known: BookEntry | undefined, at: Date): Step {
  const key = keyAfter(known, change, sync.id, `${sync.id}.${sync.cursor}.${change}.p${profile}`);
  return { profile, change, key, at: at.getTime() };
}

/**
 * The next of those who are in the tool and should not be, from a number on. A leaving that was begun is ended also where somebody is
 * wanted again: they may be named otherwise by now, and whether it came is not known.
 */
export async function nextLeaving(
  sync: Swept,
  wanted: Wanted,
  book: PeopleBook,
  { from, limit, at }: { from: number; limit: number; at: Date },
): Promise<{ steps: Step[]; next: number | null }> {
  const entries = await book.page(["in", "stuck", "missed", "entering", "leaving"], from, limit);
  const steps = entries
    .filter(({ profile, state }) => state === "leaving" || !wanted.people.has(profile))
    .map((entry) => sweptStep(sync, entry.profile, "exited", entry, at));
  const last = entries.at(-1);
  return { steps, next: entries.length < limit || last === undefined ? null : last.profile + 1 };
}

/** The next of those who should be in the tool, from a number on. */
export async function nextEntering(
  sync: Swept,
  wanted: Wanted,
  book: PeopleBook,
  { from, limit, at }: { from: number; limit: number; at: Date },
): Promise<Step[]> {
  const profiles = wanted.people.first(limit, from);
  const entries = await book.entriesOf(profiles);
  return profiles.map((profile) => sweptStep(sync, profile, "entered", entries.get(profile), at));
}

export interface ChangesPage {
  readonly steps: readonly Step[];
  /** Where the logs are read up to with these steps. */
  readonly cursor: number;
  readonly isLast: boolean;
}

/** The next changes of an audience and of those who are suppressed, in the one order of the workspace's log. */
export async function nextChanges(
  stores: { eventStore: EventStore; now(): Date },
  sync: Sync,
  wanted: Wanted,
  limit: number,
): Promise<ChangesPage> {
  const after = Number(sync.cursor);
  const ids = [sync.audienceId, ...(sync.suppressionId === null ? [] : [sync.suppressionId])];
  const pages = await Promise.all(ids.map((audienceId) => readChanges(stores, { audienceId, after, limit })));
  // Beyond the end of a page that has more, the other log may hold something earlier.
  const ends = pages.flatMap(({ nextCursor }) => (nextCursor === null ? [] : [nextCursor]));
  const end = ends.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...ends);
  const [changes, suppressions] = pages.map(({ items }) => items.filter(({ cursor }) => cursor <= end));
  const steps = [
    ...(changes ?? []).map((change) => ({ ...change, step: stepOf(sync, change, change.change) })),
    ...(suppressions ?? []).flatMap((change) => {
      if (change.change === "entered") return [{ ...change, step: stepOf(sync, change, "exited") }];
      // Who is suppressed no longer comes in again where they are a member still.
      return wanted.people.has(change.profile) ? [{ ...change, step: stepOf(sync, change, "entered") }] : [];
    }),
  ].sort((one, other) => one.cursor - other.cursor);
  const last = pages.reduce((most, { items }) => Math.max(most, items.at(-1)?.cursor ?? 0), after);
  return { steps: steps.map(({ step }) => step), cursor: Math.min(end, last), isLast: ends.length === 0 };
}

function stepOf(sync: Sync, { profile, cursor, at }: RecordedChange, change: Step["change"]): Step {
  return { profile, change, key: `${sync.id}.${cursor}`, at };
}

/** The cursor that a change's step stands for, of the steps of `nextChanges`. */
export function cursorOfStep({ key }: Step): string {
  return key.slice(key.lastIndexOf(".") + 1);
}
