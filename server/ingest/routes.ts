import { Hono } from "hono";
import { cors } from "hono/cors";
import { AppError } from "../../core/errors";
import type { MessageType } from "../../core/event/message";
import { Refusal } from "../../core/event/refusal";
import { errorResponse } from "../http/errors";
import type { Installation } from "../services";
import { acceptBatch, acceptMessage, bodyFields } from "./accept";
import type { Intake } from "./intake";
import { keepText } from "./kept-message";
import { maxBatchBytes, maxMessageBytes } from "./limits";
import { readRequestJson } from "./request-body";
import { sdkSettings } from "./sdk-settings";
import { basicUser, type KnownSource } from "./write-keys";

const singlePaths = {
  track: ["/v1/track", "/v1/t"],
  identify: ["/v1/identify", "/v1/i"],
  page: ["/v1/page", "/v1/p"],
  screen: ["/v1/screen", "/v1/s"],
  group: ["/v1/group", "/v1/g"],
  alias: ["/v1/alias", "/v1/a"],
} as const satisfies Record<MessageType, readonly string[]>;
/** The older SDKs of Ruby and Java send their batches to `import`. */
const batchPaths = ["/v1/batch", "/v1/b", "/v1/import"];

const oneDaySeconds = 86_400;

type IngestServices = Pick<Installation, "env" | "workspaces" | "writeKeys" | "log" | "now">;

function unknownKey(): AppError {
  return new AppError(
    "unauthenticated",
    "The write key is missing or unknown. Send it as the user of HTTP Basic authentication, or as writeKey in the body.",
  );
}

/** The address by which the caller reached this server. */
function originOf(request: Request, publicOrigin: string | undefined): URL {
  if (publicOrigin !== undefined) return new URL(publicOrigin);
  const protocol = request.headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https" ? "https" : "http";
  const host = request.headers.get("host") ?? new URL(request.url).host;
  if (!URL.canParse(`${protocol}://${host}`)) throw new AppError("invalid", "The Host header is not a host.");
  return new URL(`${protocol}://${host}`);
}

/** The Segment HTTP API, at the origin root (docs/ingest.md). */
export function ingestRoutes({ env, workspaces, writeKeys, log, now }: IngestServices): Hono {
  const hono = new Hono({ strict: false });

  async function sourceOf(key: unknown): Promise<KnownSource> {
    const source = typeof key === "string" ? await writeKeys.sourceOf(key) : null;
    if (source === null) throw unknownKey();
    return source;
  }

  /** The way into the workspace of a source. */
  function intakeOf({ workspaceId }: KnownSource): Intake {
    const services = workspaces.get(workspaceId);
    if (services === undefined) throw unknownKey();
    return services.intake;
  }

  /** Reads a body and tells whose it is. What cannot be read is counted where the header says whose it is. */
  async function open(request: Request, limit: number) {
    const receivedAt = now().getTime();
    const user = basicUser(request.headers.get("authorization"));
    const known = user === undefined || user === "" ? undefined : await sourceOf(user);
    try {
      const fields = bodyFields(await readRequestJson(request, limit));
      return { receivedAt, fields, source: known ?? (await sourceOf(fields.writeKey)) };
    } catch (error) {
      if (known !== undefined && error instanceof AppError) {
        const code = error.code === "too_large" ? "too_large" : "invalid_json";
        const { message } = error;
        const kept = keepText({ verdict: "refused", code, message, receivedAt, text: "", around: {} });
        await intakeOf(known).refuse(known.id, kept, new Refusal(code, message));
      }
      throw error;
    }
  }

  hono.use(
    "/v1/*",
    cors({
      origin: "*",
      allowMethods: ["GET", "POST", "OPTIONS"],
      allowHeaders: ["Authorization", "Content-Type", "Content-Encoding", "X-Retry-Count"],
      exposeHeaders: ["Retry-After"],
      maxAge: oneDaySeconds,
    }),
  );
  hono.onError(async (error, context) => {
    const response = errorResponse(error, context.req.raw, log);
    const { error: body } = await response.json();
    for (const [name, value] of context.res.headers) response.headers.set(name, value);
    response.headers.delete("content-length");
    // Segment's own SDKs read `code` and `message` from the top.
    return new Response(JSON.stringify({ success: false, code: body.code, message: body.message, error: body }), {
      status: response.status,
      headers: response.headers,
    });
  });

  for (const [type, paths] of Object.entries(singlePaths) as [MessageType, readonly string[]][]) {
    hono.on("POST", [...paths], async (context) => {
      const { fields, source, receivedAt } = await open(context.req.raw, maxMessageBytes);
      await acceptMessage(intakeOf(source), source.id, fields, type, receivedAt);
      return context.json({ success: true });
    });
  }
  hono.on("POST", batchPaths, async (context) => {
    const { fields, source, receivedAt } = await open(context.req.raw, maxBatchBytes);
    const rejected = await acceptBatch(intakeOf(source), source.id, fields, receivedAt);
    return context.json(rejected.length === 0 ? { success: true } : { success: true, rejected });
  });
  hono.post("/v1/m", (context) => context.json({ success: true }));

  hono.get("/v1/projects/:writeKey/settings", async (context) => {
    const writeKey = context.req.param("writeKey");
    // Nothing rather than a part: an SDK would fill the gaps from Segment's own host.
    if ((await writeKeys.sourceOf(writeKey)) === null) throw new AppError("not_found", "No source has this write key.");
    const settings = sdkSettings(writeKey, originOf(context.req.raw, env.publicOrigin));
    return context.json(settings, 200, { "cache-control": "no-cache" });
  });

  const known = [...Object.values(singlePaths).flat(), ...batchPaths, "/v1/m"];
  hono.on(["GET", "PUT", "PATCH", "DELETE"], known, (context) => {
    context.header("allow", "POST, OPTIONS");
    throw new AppError("method_not_allowed", `${context.req.method} is not possible here; POST is.`);
  });
  hono.all("/v1/*", (context) => {
    throw new AppError("not_found", `There is no ${context.req.path} in the Segment API.`);
  });
  return hono;
}
