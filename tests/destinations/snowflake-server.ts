import { createHash } from "node:crypto";
import * as z from "zod";
import { rsaPair, verifiedClaims } from "./jwt";
import { startTool, type ToolServer } from "./tool-server";
import { openWarehouseEngine } from "./warehouse-engine";

const text = z.string().nullable();
const request = z.object({
  statement: z.string(),
  timeout: z.int(),
  database: z.literal("ANALYTICS"),
  warehouse: z.literal("LOADING"),
  role: z.string().min(1).optional(),
  bindings: z.record(
    z.string().regex(/^\d+$/),
    z.object({ type: z.literal("TEXT"), value: z.union([text, z.array(text)]) }),
  ),
});

export interface SnowflakeServer extends ToolServer {
  readonly settings: Record<string, unknown>;
  members(audienceId: string): Promise<string[]>;
  events(): Promise<{ person: string; name: string }[]>;
}

/** Snowflake's SQL API with an engine that runs its SQL: key-pair tokens, bindings by column, answers in parts. */
export async function startSnowflake(): Promise<SnowflakeServer> {
  const { publicKey, privatePem } = rsaPair();
  const engine = await openWarehouseEngine();
  const fingerprint = createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("base64");
  const answers = new Map<string, (string | null)[][]>();
  const partSize = 100;
  const server = await startTool(
    {
      isAuthorized(context) {
        const { iss, sub } = verifiedClaims(context.req.header("authorization"), publicKey);
        const isNamed = sub === "MYORG-TRIAL.FOOTHOLD" && iss === `${sub}.SHA256:${fingerprint}`;
        const isKeyPair = context.req.header("x-snowflake-authorization-token-type") === "KEYPAIR_JWT";
        return isNamed && isKeyPair && context.req.header("user-agent") !== undefined;
      },
      unauthorized: (context) => context.json({ code: "390144", message: "JWT token is invalid." }, 401),
      tooMany: (context) => context.json({ code: "391908", message: "Too many requests." }, 429),
      bodyLimit: 10_000_000,
      tooLarge: (context) => context.json({ code: "391899", message: "Request is too large." }, 413),
    },
    (app, faults) => {
      app.post("/api/v2/statements", async (context) => {
        const parsed = request.safeParse(await context.req.json());
        if (!parsed.success) return context.json({ code: "391918", message: z.prettifyError(parsed.error) }, 400);
        const bound = Object.values(parsed.data.bindings).map(({ value }) => value);
        const refused = bound.flat().find((value) => value !== null && faults.isRefused(value));
        if (refused !== undefined) {
          const message = `Value '${refused}' is refused`;
          return context.json({ code: "100090", message, sqlState: "22000", statementHandle: "h" }, 422);
        }
        const statement = parsed.data.statement
          .replaceAll("TIMESTAMP_TZ", "TIMESTAMPTZ")
          .replaceAll("CURRENT_VERSION()", "'9.1.0'");
        const count = Math.max(1, ...bound.map((value) => (Array.isArray(value) ? value.length : 1)));
        let rows: (string | null)[][] = [];
        try {
          await engine.run("BEGIN");
          for (let at = 0; at < count; at += 1) {
            rows = await engine.run(
              statement,
              bound.map((value) => (Array.isArray(value) ? (value[at] ?? null) : value)),
            );
          }
          await engine.run("COMMIT");
        } catch (error) {
          await engine.run("ROLLBACK");
          const message = error instanceof Error ? error.message : String(error);
          return context.json({ code: "001003", message, sqlState: "42000", statementHandle: "h" }, 422);
        }
        const statementHandle = `statement-${answers.size}`;
        answers.set(statementHandle, rows);
        const parts = Math.max(1, Math.ceil(rows.length / partSize));
        return context.json({
          code: "090001",
          statementHandle,
          resultSetMetaData: { numRows: rows.length, partitionInfo: Array.from({ length: parts }, () => ({})) },
          data: rows.slice(0, partSize),
        });
      });
      app.get("/api/v2/statements/:handle", (context) => {
        const from = Number(context.req.query("partition")) * partSize;
        return context.json({ data: answers.get(context.req.param("handle"))?.slice(from, from + partSize) });
      });
    },
  );
  return {
    ...server,
    settings: {
      account: "myorg-trial",
      user: "foothold",
      // As a field of one line hands it over.
      privateKey: privatePem.replaceAll("\n", ""),
      warehouse: "LOADING",
      database: "ANALYTICS",
    },
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
