import * as z from "zod";
import { bigquery } from "../../../core/destinations/bigquery";
import { DeliveryError } from "../delivery-error";
import { type DeliveryContext, destination, type Outcome } from "../destination";
import { delivered } from "../in-turn";
import { addChanges, addMessages } from "../warehouse/parts";
import { membersView, type WarehouseRow, type WarehouseTable, warehouseTables } from "../warehouse/tables";
import { ask, type Settings } from "./ask";

/** Of one insertAll: Google advises 500 rows, and takes 10 MB. */
const limits = { count: 500, bytes: 8_000_000 };
const words = { text: "STRING", moment: "TIMESTAMP" } as const;

const made = z.unknown();

/** Makes something that may be there already. */
async function ensure(path: string, body: object, settings: Settings, context: DeliveryContext): Promise<void> {
  try {
    await ask(path, settings, context, { body, answer: made });
  } catch (error) {
    if (!(error instanceof DeliveryError && error.message.startsWith("Answered 409"))) throw error;
  }
}

function ensureTable(tableId: string, body: object, settings: Settings, context: DeliveryContext): Promise<void> {
  const { projectId, dataset } = settings;
  const tableReference = { projectId, datasetId: dataset, tableId };
  return ensure(`datasets/${dataset}/tables`, { tableReference, ...body }, settings, context);
}

function ensureRows(table: WarehouseTable, settings: Settings, context: DeliveryContext): Promise<void> {
  const fields = Object.entries(warehouseTables[table]).map(([name, kind]) => ({ name, type: words[kind] }));
  const body = { schema: { fields }, timePartitioning: { type: "DAY", field: "received_at" } };
  return ensureTable(table, body, settings, context);
}

const inserted = z.object({
  insertErrors: z
    .array(z.object({ index: z.int(), errors: z.array(z.object({ reason: z.string(), message: z.string() })) }))
    .default([]),
});

async function insertAll(
  table: WarehouseTable,
  rows: readonly WarehouseRow[],
  settings: Settings,
  context: DeliveryContext,
): Promise<Outcome[]> {
  const path = `datasets/${settings.dataset}/tables/${table}/insertAll`;
  const { insertErrors } = await ask(path, settings, context, {
    // Rows at fault keep no other one out; the id lets BigQuery drop most of what comes twice.
    body: { skipInvalidRows: true, rows: rows.map((json) => ({ insertId: json.id, json })) },
    answer: inserted,
    // A table of just now is not seen everywhere at once.
    faults: { 404: "unavailable" },
  });
  return rows.map((_, at) => {
    const errors = insertErrors.find(({ index }) => index === at)?.errors ?? [];
    if (errors.length === 0) return delivered;
    const reason = errors.map(({ message }) => message).join(" ");
    const isHeldUp = errors.every((error) => error.reason === "stopped" || error.reason === "timeout");
    return isHeldUp
      ? { result: "retry", reason }
      : { result: "gave_up", reason: `BigQuery refused this row: ${reason}` };
  });
}

const queried = z.object({
  jobComplete: z.boolean(),
  jobReference: z.object({ jobId: z.string() }),
  pageToken: z.string().optional(),
  rows: z.array(z.object({ f: z.array(z.object({ v: z.string() })) })).default([]),
});
const pageSize = 10_000;

export const bigqueryDestination = destination(bigquery, {
  async test(settings, context) {
    const answer = z.object({ totalItems: z.int().optional() });
    await ask("datasets?maxResults=1", settings, context, { method: "GET", answer });
    return `Connected to the project ${settings.projectId}.`;
  },
  async prepare(_target, settings, context) {
    const { projectId, dataset, location } = settings;
    const datasetReference = { projectId, datasetId: dataset };
    await ensure("datasets", { datasetReference, location }, settings, context);
    for (const table of ["audience_entered", "audience_exited"] as const) await ensureRows(table, settings, context);
    const query = membersView((table) => `\`${projectId}.${dataset}.${table}\``);
    await ensureTable("audience_members", { view: { query, useLegacySql: false } }, settings, context);
    return {};
  },
  deliver: ({ items, target }, settings, context) =>
    addChanges(items, target, context.now(), limits, (table, rows) => insertAll(table, rows, settings, context)),
  async *list({ audience }, _identifier, settings, context) {
    const { projectId, dataset, location } = settings;
    let answer = await ask("queries", settings, context, {
      body: {
        query: `SELECT identifier FROM \`${projectId}.${dataset}.audience_members\` WHERE audience_id = @audience AND is_member`,
        useLegacySql: false,
        location,
        maxResults: pageSize,
        timeoutMs: 30_000,
        parameterMode: "NAMED",
        queryParameters: [
          { name: "audience", parameterType: { type: "STRING" }, parameterValue: { value: audience.id } },
        ],
      },
      answer: queried,
    });
    for (;;) {
      yield answer.rows.flatMap(({ f }) => f[0]?.v ?? []);
      if (answer.jobComplete && answer.pageToken === undefined) return;
      const query = new URLSearchParams({
        location,
        maxResults: String(pageSize),
        timeoutMs: "30000",
        ...(answer.pageToken !== undefined && { pageToken: answer.pageToken }),
      });
      const path = `queries/${answer.jobReference.jobId}?${query}`;
      answer = await ask(path, settings, context, { method: "GET", answer: queried });
    }
  },
  forward: (events, settings, context) =>
    addMessages(events, context.now(), limits, {
      add: (table, rows) => insertAll(table, rows, settings, context),
      ensure: (table) => ensureRows(table, settings, context),
    }),
});
