import * as z from "zod";
import type { IdentifierKind } from "../../core/destinations/tool";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { readPeople } from "../profiles/people";
import { identifierOf, type Step } from "./plan-items";
import type { StepsContext } from "./process-steps";
import type { Wanted } from "./sync-steps";

const numberRow = z.strictObject({ profile: z.int() });

/** Numbers of the people who were given a name of this kind, or another one, after one arrival and up to another; of everybody after 0. */
export async function namedBetween(
  eventStore: Pick<EventStore, "query">,
  kind: IdentifierKind,
  { after, until }: { after: number; until: number },
): Promise<number[]> {
  if (after >= until) return [];
  const [from, to] = [param.uint64(after), param.uint64(until)];
  const identified = sql`SELECT profile FROM identities WHERE version > ${from} AND version <= ${to}`;
  const emails = sql`UNION ALL SELECT profile FROM trait_changes WHERE trait = 'email' AND arrival > ${from} AND arrival <= ${to}`;
  const rows = await eventStore.query(
    sql`SELECT DISTINCT profile FROM (${identified} ${kind === "email" ? emails : sql``})`,
    numberRow,
  );
  return rows.map(({ profile }) => profile);
}

/**
 * What tells a tool of people by the names that they have now: whoever had none enters, and whoever is there by another one leaves
 * by that and enters by the new one. `until` is the arrival that names were looked at up to.
 */
export async function renamedSteps(
  profiles: readonly number[],
  { syncId, until }: { syncId: string; until: number },
  wanted: Wanted,
  { eventStore, book, connection, way }: StepsContext,
): Promise<Step[]> {
  const at = way.now().getTime();
  const inside = profiles.filter((profile) => wanted.people.has(profile)).sort((one, other) => one - other);
  const [people, entries] = await Promise.all([
    readPeople(eventStore, inside, at, { traits: [] }),
    book.entriesOf(inside),
  ]);
  const names = new Map(
    people.map((person) => [Number(person.id.slice(1)), identifierOf(person, connection.identifier)]),
  );
  return inside.flatMap((profile): Step[] => {
    const entry = entries.get(profile);
    const name = names.get(profile) ?? null;
    if (entry === undefined || name === null) return [];
    const isSame = entry.kind === connection.identifier && entry.identifier === name;
    const key = `${syncId}.n${until}.p${profile}`;
    const entering: Step = { profile, change: "entered", key, at };
    if (entry.state === "out") return [entering];
    if (isSame) return [];
    return entry.state === "missed" ? [entering] : [{ ...entering, change: "exited", key: `${key}.before` }, entering];
  });
}
