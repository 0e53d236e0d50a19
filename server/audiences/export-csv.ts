import * as z from "zod";
import { csvLine } from "@/core/csv-line";
import { param, sql } from "@/server/event-store/sql";
import type { Services } from "@/server/services";
import { momentOf } from "./context";
import { parseColumns } from "./csv-columns";
import { memberRows } from "./member-rows";

interface ExportInput {
  columns?: string | undefined;
  asOf?: string | undefined;
}

type Stores = Pick<Services, "eventStore" | "metadata" | "now">;

export interface CsvExport {
  fileName: string;
  asOf: string;
  /** The header row and the rows, in pieces of many lines. Leaving early stops the query. */
  lines: AsyncIterable<string>;
}

/**
 * The members of an audience as CSV, of any size, as of a moment, now unless told. Without `columns`: userId, email, and
 * every trait that anybody has by then. Errors: `not_found`, `invalid`.
 */
export async function exportMembers(
  stores: Stores,
  audienceId: string,
  { columns: chosen, asOf }: ExportInput,
  signal?: AbortSignal,
): Promise<CsvExport> {
  const now = momentOf(stores, asOf);
  const columns = chosen === undefined ? await everyColumn(stores, now) : parseColumns(chosen);
  const { audience, batches } = await memberRows(stores, { audienceId, columns, now }, signal);
  return { fileName: `${audience.key}.csv`, asOf: new Date(now).toISOString(), lines: csvLines(columns, batches) };
}

/** The header goes with the first people, so that a query that fails at once can still be answered with its error. */
export async function* csvLines(
  columns: readonly string[],
  batches: AsyncIterable<unknown[][]>,
): AsyncGenerator<string> {
  let header = csvLine(columns);
  for await (const batch of batches) {
    yield header + batch.map(csvLine).join("");
    header = "";
  }
  if (header !== "") yield header;
}

const traitRow = z.strictObject({ trait: z.string() });

async function everyColumn({ eventStore }: Stores, now: number): Promise<string[]> {
  const rows = await eventStore.query(
    sql`SELECT trait FROM trait_changes WHERE timestamp <= ${param.moment(now)} GROUP BY trait ORDER BY trait`,
    traitRow,
  );
  return ["userId", "email", ...rows.map(({ trait }) => trait).filter((name) => name !== "email")];
}
