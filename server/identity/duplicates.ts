import * as z from "zod";
import type { SuspectedDuplicate } from "../../core/api/identity";
import { AppError } from "../../core/errors";
import { type Actor, actorId } from "../auth/actor";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { markDerived } from "../ingest/derived-tables";
import { logHandChange } from "../ingest/hand-changes";
import { identifiersOfPerson } from "../ingest/person-identifiers";
import { deadPeople } from "../profiles/live";
import { readPeople } from "../profiles/people";
import { profileId } from "../profiles/profile-id";
import { resolveProfile } from "../profiles/resolve";
import type { Services } from "../services";

const pairRow = z.strictObject({ one: z.int(), other: z.int(), shared: z.string() });
/** More than can be looked through; more that may be dismissed. */
const mostRead = 5_000;

const isLive = sql`NOT bitmapContains(${deadPeople}, profile)`;

/** Pairs of people with the same email, in any case, as of `now`: of more than two, each with the first. */
function sameEmail(eventStore: EventStore, now: number): Promise<z.infer<typeof pairRow>[]> {
  return eventStore.query(
    sql`SELECT people[1] AS one, arrayJoin(arraySlice(people, 2)) AS other, shared FROM (
        SELECT lower(trim(JSONExtractString(value))) AS shared, arraySort(groupArray(100)(profile)) AS people FROM (
          SELECT profile, argMax(value, (timestamp, arrival)) AS value FROM trait_changes
          WHERE trait = 'email' AND timestamp <= ${param.moment(now)} AND ${isLive} GROUP BY profile
        ) GROUP BY shared HAVING count() > 1 AND position(shared, '@') > 0
      ) ORDER BY shared, other LIMIT ${param.uint32(mostRead)}`,
    pairRow,
    { heavy: true },
  );
}

/** Pairs of people of whom messages came with the same anonymousId or further identifier. */
function sameDevice(eventStore: EventStore): Promise<z.infer<typeof pairRow>[]> {
  const owners = sql`(SELECT kind, id, argMax(profile, version) AS owner FROM identities GROUP BY kind, id)`;
  return eventStore.query(
    sql`SELECT DISTINCT least(mine.owner, theirs.owner) AS one, greatest(mine.owner, theirs.owner) AS other, log.other_id AS shared
      FROM (SELECT DISTINCT kind, id, other_kind, other_id FROM identity_log WHERE action = 'not_joined' AND reason = 'owned') AS log
      INNER JOIN ${owners} AS mine ON mine.kind = log.kind AND mine.id = log.id
      INNER JOIN ${owners} AS theirs ON theirs.kind = log.other_kind AND theirs.id = log.other_id
      WHERE one != other ORDER BY shared, one, other LIMIT ${param.uint32(mostRead)}`,
    pairRow,
    { heavy: true },
  );
}

/** Pairs that somebody has said are not the same, or has parted. */
function keptApart(eventStore: EventStore): Promise<z.infer<typeof pairRow>[]> {
  const owners = sql`(SELECT kind, id, argMax(profile, version) AS owner FROM identities GROUP BY kind, id)`;
  return eventStore.query(
    sql`SELECT DISTINCT least(mine.owner, theirs.owner) AS one, greatest(mine.owner, theirs.owner) AS other, '' AS shared
      FROM (SELECT DISTINCT kind, id, other_kind, other_id FROM identity_log WHERE action IN ('kept_apart', 'undone')) AS log
      INNER JOIN ${owners} AS mine ON mine.kind = log.kind AND mine.id = log.id
      INNER JOIN ${owners} AS theirs ON theirs.kind = log.other_kind AND theirs.id = log.other_id`,
    pairRow,
  );
}

/** Pairs of people who may be the same, without those that were said not to be. */
export async function listDuplicates(
  { eventStore, now }: Pick<Services, "eventStore" | "now">,
  limit: number,
): Promise<SuspectedDuplicate[]> {
  const moment = now().getTime();
  const [emails, devices, apart] = await Promise.all([
    sameEmail(eventStore, moment),
    sameDevice(eventStore),
    keptApart(eventStore),
  ]);
  const told = new Set(apart.map(({ one, other }) => `${one} ${other}`));
  const pairs = [
    ...emails.map((pair) => ({ ...pair, reason: "email" as const })),
    ...devices.map((pair) => ({ ...pair, reason: "device" as const })),
  ].filter(({ one, other }) => {
    const key = `${one} ${other}`;
    const isNew = !told.has(key);
    told.add(key);
    return isNew;
  });
  const shown = pairs.slice(0, limit);
  const people = await readPeople(eventStore, [...new Set(shown.flatMap(({ one, other }) => [one, other]))], moment);
  const byId = new Map(people.map((person) => [person.id, person]));
  return shown.flatMap(({ one, other, reason, shared }) => {
    const [first, second] = [byId.get(profileId(one)), byId.get(profileId(other))];
    return first === undefined || second === undefined ? [] : [{ people: [first, second], reason, shared }];
  });
}

/** Notes that two people are not the same. Errors: `not_found`, `invalid` for one person. */
export async function dismissDuplicate(
  { eventStore, ingest }: Pick<Services, "eventStore" | "ingest">,
  people: readonly string[],
  actor: Actor | null,
): Promise<{ dismissed: true }> {
  const numbers = await Promise.all(people.map((id) => resolveProfile(eventStore, id)));
  await ingest.changePeople(async ({ eventStore: tables, seq, at }) => {
    const [one, other] = await Promise.all(
      numbers.map(async (number) => (await identifiersOfPerson(tables, number)).at(0)),
    );
    if (one === undefined || other === undefined) throw new AppError("not_found", "One of them is not here.", "people");
    await logHandChange(tables, { seq, at, action: "kept_apart", one, other }, actorId(actor) ?? "");
    await markDerived(tables, seq);
  });
  return { dismissed: true };
}
