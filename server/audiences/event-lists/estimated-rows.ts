import type { QueryOptions } from "@/server/event-store/query-options";
import { type BlockReader, type Sql, sql } from "@/server/event-store/sql";

/** About how many rows of `messages` fit, some thousands more rather than less: told by the index, without reading them. */
export async function estimatedRows(store: BlockReader, wanted: Sql, options: QueryOptions): Promise<number> {
  const blocks = await store.kept(sql`EXPLAIN ESTIMATE SELECT profile FROM messages WHERE ${wanted}`, options);
  return blocks.reduce((sum, block) => {
    const rows = block.view("rows", "UInt64");
    return (
      sum +
      Array.from({ length: block.rows }, (_, row) => Number(rows.getBigUint64(row * 8, true))).reduce(
        (a, b) => a + b,
        0,
      )
    );
  }, 0);
}
