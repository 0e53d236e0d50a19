import { parseJson } from "@/core/event/json";
import type { JsonValue } from "@/core/event/message";
import type { Chain } from "@/core/funnel/chain";
import { groupValue } from "@/core/funnel/group";
import type { FunnelRules } from "@/core/funnel/rules";
import { membersSubquery } from "@/server/audiences/compile/compile";
import { wholePiece } from "@/server/audiences/compile/json-value";
import { traitRelation } from "@/server/audiences/compile/trait-relation";
import type { QueryOptions } from "@/server/event-store/query-options";
import type { BlockReader } from "@/server/event-store/sql";
import { type Sql, sql } from "@/server/event-store/sql";
import type { FunnelQuery } from "./funnel-query";
import type { PersonRows } from "./person-rows";

/** The value of a breakdown that is the person's own, by the person's number. */
export type GroupsOfPeople = (profile: number) => JsonValue;

/** Reads what a breakdown by a trait or an audience tells people apart by; null of everybody for any other. */
export async function groupsOfPeople(
  store: BlockReader,
  { rules: { breakdown }, context }: FunnelQuery,
  options: QueryOptions,
): Promise<GroupsOfPeople> {
  if (!breakdown || "property" in breakdown) return () => null;
  if ("trait" in breakdown) {
    const { rows, located } = traitRelation(breakdown.trait, context);
    return readGroups(store, sql`SELECT ${wholePiece(located)} AS value, profile FROM (${rows})`, null, options);
  }
  const { audienceId } = breakdown;
  const audience: FunnelQuery["counted"][number] = { kind: "audience", audienceId, member: true };
  const members = membersSubquery({ version: 1, root: audience, includeAnonymous: true }, context);
  const rows = sql`SELECT 'true' AS value, arrayJoin(bitmapToArray(${members})) AS profile`;
  return readGroups(store, rows, false, options);
}

/** `rows` have a `value` of raw JSON, empty for none, and a `profile`; whoever has no row has the value `otherwise`. */
async function readGroups(
  store: BlockReader,
  rows: Sql,
  otherwise: JsonValue,
  options: QueryOptions,
): Promise<GroupsOfPeople> {
  const values: JsonValue[] = [otherwise];
  let groups = new Uint32Array(1024);
  const statement = sql`SELECT value, groupArray(profile) AS people FROM (${rows}) GROUP BY value`;
  for (const block of await store.blocks(statement, options)) {
    const texts = block.texts("value");
    for (const [index, people] of block.lists("people").entries()) {
      const highest = people.reduce((most, number) => Math.max(most, number), 0);
      if (highest >= groups.length) {
        const larger = new Uint32Array(Math.max(highest + 1, groups.length * 2));
        larger.set(groups);
        groups = larger;
      }
      for (const number of people) groups[number] = values.length;
      values.push(valueOfText(texts.at(index)));
    }
  }
  return (profile) => values[groups[profile] ?? 0] ?? null;
}

/** For a breakdown by a property, the value of the chain's event of its step; undefined for any other breakdown. */
export function groupOfEvent(
  { breakdown, order }: FunnelRules,
  rows: PersonRows,
): ((chain: Chain) => JsonValue) | undefined {
  if (!breakdown || !("property" in breakdown)) return undefined;
  const known = rows.values.map(valueOfText);
  const { tags } = rows;
  const step = breakdown.step - 1;
  return ({ events, steps, length }) => {
    const position = order === "unordered" ? step : steps.subarray(0, length).indexOf(step);
    if (position < 0 || position >= length) return null;
    return known[tags[events[position] ?? 0] ?? 0] ?? null;
  };
}

function valueOfText(text: string): JsonValue {
  return text === "" ? null : groupValue([parseJson(text)]);
}
