import * as z from "zod";
import { csvLine } from "@/core/csv-line";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";

const refusedRow = z.strictObject({ line: z.int(), code: z.string(), message: z.string(), raw: z.string() });

/** The refused lines of an import as CSV, in pieces. A cell that a spreadsheet would run as a formula is made text. */
export async function* refusedCsv(
  eventStore: EventStore,
  importId: string,
  options: { signal?: AbortSignal } = {},
): AsyncGenerator<string> {
  yield csvLine(["line", "code", "message", "raw"]);
  const refused = eventStore.stream(
    // A restart may have recorded the lines of one chunk twice.
    sql`SELECT DISTINCT line, code, message, raw FROM kept_messages
      WHERE import_id = ${param.string(importId)} AND verdict != 'duplicate' ORDER BY line`,
    refusedRow,
    options,
  );
  for await (const rows of refused) {
    yield rows.map(({ line, code, message, raw }) => csvLine([line, code, message, raw])).join("");
  }
}
