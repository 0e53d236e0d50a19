import * as z from "zod";
import { accountColumn, accountTraitOf } from "@/core/audience/account-column";
import type { EventStore } from "@/server/event-store/event-store";
import { param, sql } from "@/server/event-store/sql";

/** What the values of a column are, all of them; `text` where they are of several kinds, or lists or objects. */
export type ParquetType = "text" | "number" | "integer" | "boolean" | "moment";

const identifiers: ReadonlySet<string> = new Set(["userId", "email", "anonymousIds", "profileId"]);
const kindsRow = z.strictObject({ trait: z.string(), kinds: z.array(z.string()) });

/** A Parquet file says of which type a column is before its first row, so that it must be known of everybody's values until the moment. */
export async function parquetTypes(
  eventStore: EventStore,
  columns: readonly string[],
  now: number,
  signal?: AbortSignal,
): Promise<ParquetType[]> {
  const isTrait = (column: string) =>
    !identifiers.has(column) && column !== accountColumn && accountTraitOf(column) === undefined;
  const rows = await eventStore.query(
    // Whole numbers that a program reads inexactly are no integers here.
    sql`SELECT toString(trait) AS trait,
      groupUniqArray(if(JSONType(value) = 'Int64' AND abs(toFloat64(value)) >= 9007199254740992, 'Double', toString(JSONType(value)))) AS kinds
      FROM profile_traits
      WHERE trait IN ${param.strings(columns.filter(isTrait))} AND timestamp <= ${param.moment(now)} AND value != 'null'
      GROUP BY trait`,
    kindsRow,
    { signal, heavy: true },
  );
  const kindsOf = new Map(rows.map(({ trait, kinds }) => [trait, kinds]));
  return columns.map((column) => {
    if (column === "enteredAt") return "moment";
    const kinds = (isTrait(column) && kindsOf.get(column)) || [];
    if (kinds.length === 0) return "text";
    if (kinds.every((kind) => kind === "Bool")) return "boolean";
    if (kinds.every((kind) => kind === "Int64")) return "integer";
    return kinds.every((kind) => ["Int64", "UInt64", "Double"].includes(kind)) ? "number" : "text";
  });
}
