import { Hono } from "hono";
import { cors } from "hono/cors";
import { AppError } from "../../core/errors";
import type { MessageType } from "../../core/event/message";
import { Refusal } from "../../core/event/refusal";
import { errorResponse } from "../http/errors";
import type { Installation, Services } from "../services";
import { acceptBatch, acceptMessage, bodyFields } from "./accept";
import { keepText } from "./kept-message";
import { discardBody, readRequestJson } from "./request-body";
import { sdkSettings } from "./sdk-settings";
import { bytesToCome, WaitingBytes } from "./waiting-bytes";
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

const switchedOff = new Refusal("source_off", "This source is switched off: it takes no messages.");

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
  const waiting = new WaitingBytes(env.waitingBytes);

  async function sourceOf(key: unknown): Promise<KnownSource> {
    const source = typeof key === "string" ? await writeKeys.sourceOf(key) : null;
    if (source === null) throw unknownKey();
    return source;
  }

  /** Those of the workspace of a source. */
  function servicesOf({ workspaceId }: KnownSource): Services {
    const services = workspaces.get(workspaceId);
    if (services === undefined) throw unknownKey();
    return services;
  }

  /** Lets a request in where the source's rate has room for one message more. Errors: `rate_limited`. */
  function letIn(source: KnownSource): KnownSource {
    const { rateLimit } = source;
    if (rateLimit === null) return source;
    const retryAfterSeconds = rateLimit.waitSeconds();
    if (retryAfterSeconds === 0) {
      rateLimit.take(1);
      return source;
    }
    servicesOf(source).figures.limited(source.id);
    const rate = `This source takes ${rateLimit.perSecond} messages a second.`;
    throw new AppError("rate_limited", `${rate} Send the same again in ${retryAfterSeconds} s.`, undefined, {
      retryAfterSeconds,
    });
  }

  /** Reads a body and tells whose it is. What cannot be read is counted where the header says whose it is. */
  async function open(request: Request, limit: number) {
    const receivedAt = now().getTime();
    const user = basicUser(request.headers.get("authorization"));
    // Before the body is read, where the header says whose it is.
    const known = user === undefined || user === "" ? undefined : letIn(await sourceOf(user));
    try {
      const fields = bodyFields(await readRequestJson(request, limit));
      const source = known ?? letIn(await sourceOf(fields.writeKey));
      const { intake } = servicesOf(source);
      const rules = { source: source.id, receivedAt, limits: env.limits, refusal: source.enabled ? null : switchedOff };
      return { fields, source, intake, rules };
    } catch (error) {
      if (known !== undefined && error instanceof AppError) {
        const code = error.code === "too_large" ? "too_large" : "invalid_json";
        const { message } = error;
        const kept = keepText({ verdict: "refused", code, message, receivedAt, text: "", around: {} });
        await servicesOf(known).intake.refuse(known.id, kept, new Refusal(code, message));
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
  hono.post("/v1/*", async (context, next) => {
    const release = waiting.take(bytesToCome(context.req.raw, env.limits.batchBytes));
    try {
      await next();
    } finally {
      release();
    }
  });
  hono.onError(async (error, context) => {
    // A client that is still sending would find its connection broken, and not the answer.
    await discardBody(context.req.raw, env.limits.batchBytes);
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
      const { fields, intake, rules } = await open(context.req.raw, env.limits.messageBytes);
      await acceptMessage(intake, rules, fields, type);
      return context.json({ success: true });
    });
  }
  hono.on("POST", batchPaths, async (context) => {
    const { fields, source, intake, rules } = await open(context.req.raw, env.limits.batchBytes);
    if (Array.isArray(fields.batch)) source.rateLimit?.take(fields.batch.length - 1);
    const rejected = await acceptBatch(intake, rules, fields);
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
