import * as z from "zod";
import { endpoint } from "./endpoint";

/** Open to anybody; answered with 503 and `{ status: "starting" }` until requests can be served. */
export const getHealth = endpoint({
  method: "GET",
  path: "/api/health",
  summary: "Whether requests can be served",
  answer: z.strictObject({
    status: z.literal("ok"),
    version: z.string(),
    eventStore: z.enum(["chdb", "clickhouse"]),
    metadata: z.enum(["pglite", "postgresql"]),
  }),
});
