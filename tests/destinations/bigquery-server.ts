import * as z from "zod";
import { rsaPair, verifiedClaims } from "./jwt";
import { startTool, type ToolContext, type ToolServer } from "./tool-server";
import { openWarehouseEngine } from "./warehouse-engine";

const project = "trial-project";
const table = z.object({
  tableReference: z.object({ projectId: z.literal(project), datasetId: z.string(), tableId: z.string() }),
  schema: z
    .object({ fields: z.array(z.object({ name: z.string(), type: z.enum(["STRING", "TIMESTAMP"]) })) })
    .optional(),
  timePartitioning: z.object({ type: z.literal("DAY"), field: z.string() }).optional(),
  view: z.object({ query: z.string(), useLegacySql: z.literal(false) }).optional(),
});
const insertion = z.object({
  skipInvalidRows: z.boolean().default(false),
  rows: z
    .array(z.object({ insertId: z.string().max(128), json: z.record(z.string(), z.string().nullable()) }))
    .min(1)
    .max(50_000),
});
const query = z.object({
  query: z.string(),
  useLegacySql: z.literal(false),
  maxResults: z.int(),
  parameterMode: z.literal("NAMED"),
  queryParameters: z.array(
    z.object({
      name: z.string(),
      parameterType: z.object({ type: z.literal("STRING") }),
      parameterValue: z.object({ value: z.string() }),
    }),
  ),
});

export interface BigQueryServer extends ToolServer {
  readonly settings: Record<string, unknown>;
  members(audienceId: string): Promise<string[]>;
  events(): Promise<{ person: string; name: string }[]>;
}

/** BigQuery's REST API with an engine that runs its SQL: self-signed tokens, insertAll by row, tables and views. */
export async function startBigQuery(): Promise<BigQueryServer> {
  const { publicKey, privatePem } = rsaPair();
  const email = "foothold@trial-project.iam.gserviceaccount.com";
  const engine = await openWarehouseEngine();
  const datasets = new Set<string>();
  const tables = new Map<string, string[]>();
  const failed = (context: ToolContext, code: 400 | 401 | 403 | 404 | 409 | 413, reason: string, message: string) =>
    context.json({ error: { code, message, errors: [{ message, domain: "global", reason }] } }, code);
  const standard = (sql: string) =>
    sql.replace(/`trial-project\.(\w+)\.(\w+)`/g, '"$1"."$2"').replace(/@(\w+)/g, () => "?");
  const server = await startTool(
    {
      isAuthorized(context) {
        const claims = verifiedClaims(context.req.header("authorization"), publicKey);
        return claims.iss === email && claims.sub === email && claims.aud === "https://bigquery.googleapis.com/";
      },
      unauthorized: (context) =>
        failed(context, 401, "authError", "Request had invalid authentication credentials. Expected OAuth 2 token."),
      tooMany: (context) => failed(context, 403, "rateLimitExceeded", "Exceeded rate limits: too many api requests"),
      bodyLimit: 10_000_000,
      tooLarge: (context) => failed(context, 413, "invalid", "Request payload size exceeds the limit: 10485760 bytes."),
    },
    (app, faults) => {
      const base = `/bigquery/v2/projects/${project}`;
      app.get(`${base}/datasets`, (context) =>
        context.json({ kind: "bigquery#datasetList", totalItems: datasets.size }),
      );
      app.post(`${base}/datasets`, async (context) => {
        const { datasetReference } = z
          .object({
            datasetReference: z.object({ projectId: z.literal(project), datasetId: z.string() }),
            location: z.string(),
          })
          .parse(await context.req.json());
        const { datasetId } = datasetReference;
        if (datasets.has(datasetId)) return failed(context, 409, "duplicate", "Already Exists: Dataset");
        datasets.add(datasetId);
        await engine.run(`CREATE SCHEMA "${datasetId}"`);
        return context.json({ datasetReference });
      });
      app.post(`${base}/datasets/:dataset/tables`, async (context) => {
        const { schema, view, tableReference } = table.parse(await context.req.json());
        const { tableId, datasetId } = tableReference;
        if (!datasets.has(datasetId)) return failed(context, 404, "notFound", "Not found: Dataset");
        if (tables.has(tableId)) return failed(context, 409, "duplicate", "Already Exists: Table");
        const name = `"${datasetId}"."${tableId}"`;
        if (view !== undefined) await engine.run(`CREATE VIEW ${name} AS ${standard(view.query)}`);
        else {
          const types = { STRING: "VARCHAR", TIMESTAMP: "TIMESTAMPTZ" };
          const columns = schema?.fields.map((one) => `"${one.name}" ${types[one.type]}`) ?? [];
          await engine.run(`CREATE TABLE ${name} (${columns.join(", ")})`);
        }
        tables.set(tableId, schema?.fields.map((one) => one.name) ?? []);
        return context.json({ tableReference });
      });
      app.post(`${base}/datasets/:dataset/tables/:table/insertAll`, async (context) => {
        const columns = tables.get(context.req.param("table"));
        if (columns === undefined) return failed(context, 404, "notFound", "Not found: Table");
        const parsed = insertion.safeParse(await context.req.json());
        if (!parsed.success) return failed(context, 400, "invalid", z.prettifyError(parsed.error));
        const insertErrors: object[] = [];
        const taken: Record<string, string | null>[] = [];
        parsed.data.rows.forEach(({ json }, index) => {
          const unknown = Object.keys(json).find((name) => !columns.includes(name));
          const isRefused = unknown !== undefined || faults.isRefused(json.identifier ?? "");
          if (!isRefused) taken.push(json);
          else
            insertErrors.push({
              index,
              errors: [{ reason: "invalid", location: unknown ?? "", message: "no such field." }],
            });
        });
        if (insertErrors.length > 0 && !parsed.data.skipInvalidRows) taken.splice(0);
        const name = `"${context.req.param("dataset")}"."${context.req.param("table")}"`;
        const places = columns.map(() => "?").join(", ");
        for (const row of taken) {
          await engine.run(
            `INSERT INTO ${name} VALUES (${places})`,
            columns.map((column) => row[column] ?? null),
          );
        }
        return context.json({
          kind: "bigquery#tableDataInsertAllResponse",
          ...(insertErrors.length > 0 && { insertErrors }),
        });
      });
      let rows: (string | null)[][] = [];
      const piece = (from: number, count: number) => ({
        jobComplete: true,
        jobReference: { projectId: project, jobId: "job_1" },
        rows: rows.slice(from, from + count).map((row) => ({ f: row.map((v) => ({ v })) })),
        ...(from + count < rows.length && { pageToken: String(from + count) }),
      });
      app.post(`${base}/queries`, async (context) => {
        const parsed = query.safeParse(await context.req.json());
        if (!parsed.success) return failed(context, 400, "invalid", z.prettifyError(parsed.error));
        const values = parsed.data.queryParameters.map(({ parameterValue }) => parameterValue.value);
        rows = await engine.run(standard(parsed.data.query), values);
        return context.json(piece(0, 100));
      });
      app.get(`${base}/queries/job_1`, (context) => context.json(piece(Number(context.req.query("pageToken")), 100)));
    },
  );
  const key = { client_email: email, private_key: privatePem, private_key_id: "k1", type: "service_account" };
  return {
    ...server,
    settings: { projectId: project, serviceAccountKey: JSON.stringify(key) },
    async members(audienceId) {
      const statement = "SELECT identifier FROM foothold.audience_members WHERE audience_id = ? AND is_member";
      return (await engine.run(statement, [audienceId])).map(([identifier]) => identifier ?? "");
    },
    async events() {
      const rows = await engine.run("SELECT user_id, event_text FROM foothold.tracks ORDER BY user_id");
      return rows.map(([person, name]) => ({ person: person ?? "", name: name ?? "" }));
    },
    async close() {
      await server.close();
      engine.close();
    },
  };
}
