import * as z from "zod";
import type { SeenValue } from "@/core/api/catalogue";
import { parseJson } from "@/core/event/json";
import { locate } from "@/server/audiences/compile/json-value";
import type { EventStore } from "@/server/event-store/event-store";
import { empty, param, type Sql, sql } from "@/server/event-store/sql";

/** More than a list to choose from can show. */
const maxValues = 100;

const valueRow = z.strictObject({ value: z.string(), people: z.int() });

/** The values of a piece of JSON, or of an array of them, one by one: the elements of a list, else the value itself. */
function eachValue(json: Sql, path: string | undefined): Sql {
  if (path === undefined) return sql`arrayJoin(if(startsWith(${json}, '['), JSONExtractArrayRaw(${json}), [${json}]))`;
  const located = locate(json, path);
  const pieces = located.kind === "some" ? located.pieces : sql`[${located.piece}]`;
  return sql`arrayJoin(arrayFlatten(arrayMap(piece -> if(startsWith(piece, '['), JSONExtractArrayRaw(piece), [piece]), ${pieces})))`;
}

/**
 * Frequent values with the people who have them, most people first. `rows` is a subquery of (profile, json); the values
 * are the JSON itself, or what stands at `path` in it. What is missing (null, "", []) and objects are no values to choose.
 * `search` is a part of the value in any case.
 */
export async function readValues(
  eventStore: EventStore,
  { rows, path, search }: { rows: Sql; path?: string | undefined; search?: string | undefined },
  signal?: AbortSignal,
): Promise<SeenValue[]> {
  const fits =
    search === undefined || search === ""
      ? empty
      : sql`AND positionCaseInsensitiveUTF8(if(startsWith(piece, '"'), JSONExtractString(piece), piece), ${param.string(search)}) > 0`;
  const found = await eventStore.query(
    sql`SELECT piece AS value, uniqExact(profile) AS people
    FROM (SELECT profile, ${eachValue(sql`json`, path)} AS piece FROM ${rows})
    WHERE piece NOT IN ('', 'null', '""') AND NOT startsWith(piece, '{') AND NOT startsWith(piece, '[') ${fits}
    GROUP BY piece
    ORDER BY people DESC, value
    LIMIT ${param.uint32(maxValues)}`,
    valueRow,
    { heavy: true, signal },
  );
  return found.map(({ value, people }) => ({ value: parseJson(value), people }));
}
