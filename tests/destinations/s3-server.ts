import * as z from "zod";
import { isSigned } from "./sigv4";
import { startTool, type ToolContext, type ToolServer } from "./tool-server";

const line = z.object({ change: z.enum(["entered", "exited"]), timestamp: z.iso.datetime(), identifier: z.string() });
const eventLine = z.object({ event: z.string(), user_id: z.string() });

export interface S3Server extends ToolServer {
  readonly settings: Record<string, unknown>;
  /** By key. */
  readonly objects: Map<string, { text: string; type: string }>;
  /** Who is in, by the lines of all files together. */
  members(): string[];
  events(): { person: string; name: string }[];
}

/** A bucket that checks signatures, and answers faults in S3's XML. */
export async function startS3(): Promise<S3Server> {
  const keys = { id: "AKIAEXAMPLE", secret: "secret/of+the=key", region: "eu-central-1" };
  const bucket = "audiences";
  const objects: S3Server["objects"] = new Map();
  const failed = (context: ToolContext, status: 400 | 403 | 404 | 413 | 503, code: string) => {
    context.header("content-type", "application/xml");
    return context.body(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`, status);
  };
  let origin = "";
  const server = await startTool(
    {
      isAuthorized: () => true,
      unauthorized: (context) => failed(context, 403, "InvalidAccessKeyId"),
      tooMany: (context) => failed(context, 503, "SlowDown"),
      bodyLimit: 5_000_000_000,
      tooLarge: (context) => failed(context, 413, "EntityTooLarge"),
    },
    (app) => {
      app.use(async (context, next) => {
        const body = new Uint8Array(await context.req.arrayBuffer());
        const { pathname, search } = new URL(context.req.url);
        const request = {
          method: context.req.method,
          url: `${origin}${pathname}${search}`,
          header: (name: string) => context.req.header(name),
        };
        if (!isSigned(request, body, keys)) return failed(context, 403, "SignatureDoesNotMatch");
        return next();
      });
      app.get("/:bucket/", (context) => {
        if (context.req.param("bucket") !== bucket) return failed(context, 404, "NoSuchBucket");
        return context.body("<ListBucketResult></ListBucketResult>");
      });
      app.put("/:bucket/:key{.+}", async (context) => {
        if (context.req.param("bucket") !== bucket) return failed(context, 404, "NoSuchBucket");
        const type = context.req.header("content-type") ?? "";
        objects.set(context.req.param("key"), { text: await context.req.text(), type });
        return context.body(null, 200);
      });
    },
  );
  origin = server.origin;
  const linesOf = (isWanted: (key: string) => boolean) =>
    [...objects]
      .flatMap(([key, { text }]) => (isWanted(key) ? text.trim().split("\n") : []))
      .map((text) => JSON.parse(text));
  return {
    ...server,
    settings: {
      endpoint: server.origin,
      region: keys.region,
      bucket,
      accessKeyId: keys.id,
      secretAccessKey: keys.secret,
    },
    objects,
    members() {
      const changes = linesOf((key) => !key.includes("/events/")).map((one) => line.parse(one));
      const inside = new Set<string>();
      for (const { change, identifier } of changes.sort((one, other) => one.timestamp.localeCompare(other.timestamp))) {
        if (change === "entered") inside.add(identifier);
        else inside.delete(identifier);
      }
      return [...inside];
    },
    events: () =>
      linesOf((key) => key.includes("/events/"))
        .map((one) => eventLine.parse(one))
        .map(({ event, user_id: person }) => ({ person, name: event })),
  };
}
