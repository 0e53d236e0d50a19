import type { ReservedTrait } from "@/core/audience/filter";
import type { Moment } from "@/core/audience/operators";
import { assertNever } from "@/core/errors";
import { type Sql, sql } from "@/server/event-store/sql";
import { eventPredicate } from "./event";
import { existsPredicate } from "./window";

/** Rows of profile and `value`, a piece of JSON as the engine writes it, of what a reserved name stands for at `now`. */
export function reservedTraitRows(trait: ReservedTrait, moment: Moment): Sql {
  switch (trait) {
    case "$first_seen":
      return seenRows(sql`min(timestamp)`, moment);
    case "$last_seen":
      return seenRows(sql`max(timestamp)`, moment);
    case "$user_id":
      return sql`SELECT profile, ${enginePiece(sql`toJSONString(argMin(id, rank))`)} AS value
        FROM identities WHERE kind = 'user' GROUP BY profile`;
    case "$anonymous_id":
      return sql`SELECT profile, ${enginePiece(sql`toJSONString(groupUniqArray(id))`)} AS value
        FROM identities WHERE kind = 'anonymous' GROUP BY profile`;
    default:
      return assertNever(trait);
  }
}

/** ISO 8601 text of UTC to the millisecond. */
function seenRows(at: Sql, moment: Moment): Sql {
  return sql`SELECT profile, concat('"', replaceOne(toString(${at}), ' ', 'T'), 'Z"') AS value FROM messages
    WHERE ${eventPredicate({}, moment)} AND ${existsPredicate(moment)} GROUP BY profile`;
}

/** JSON as the engine writes the pieces that it hands out of a text, which is how operands are written too. */
function enginePiece(json: Sql): Sql {
  return sql`JSONExtractRaw(concat('{"v":', ${json}, '}'), 'v')`;
}
