import { createHash, randomUUID } from "node:crypto";
import * as z from "zod";
import { isSigned } from "./sigv4";
import { startTool, type ToolContext, type ToolServer } from "./tool-server";

const line = z.object({ change: z.enum(["entered", "exited"]), timestamp: z.iso.datetime(), identifier: z.string() });
const eventLine = z.object({ event: z.string(), user_id: z.string() });

export interface S3Server extends ToolServer {
  readonly settings: Record<string, unknown>;
  /** By key. */
  readonly objects: Map<string, { text: string; type: string; bytes: Buffer; parts: number }>;
  /** Uploads in parts that were begun, and neither completed nor given up. */
  readonly uploads: ReadonlyMap<string, unknown>;
  /** Putting parts together fails from now on, in the way of S3: after a status of success. */
  failCompletion(fails: boolean): void;
  /** Who is in, by the lines of all files together. */
  members(): string[];
  events(): { person: string; name: string }[];
}

/** A bucket that checks signatures, and answers faults in S3's XML. */
export async function startS3(): Promise<S3Server> {
  const keys = { id: "AKIAEXAMPLE", secret: "secret/of+the=key", region: "eu-central-1" };
  const bucket = "audiences";
  const objects: S3Server["objects"] = new Map();
  const uploads = new Map<string, { key: string; type: string; parts: Map<number, { bytes: Buffer; etag: string }> }>();
  const failed = (context: ToolContext, status: 200 | 400 | 403 | 404 | 413 | 503, code: string) => {
    context.header("content-type", "application/xml");
    return context.body(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`, status);
  };
  let origin = "";
  let completionFails = false;
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
        const bytes = Buffer.from(await context.req.arrayBuffer());
        const { uploadId, partNumber } = context.req.query();
        if (uploadId === undefined) {
          objects.set(context.req.param("key"), { text: bytes.toString(), type, bytes, parts: 1 });
          return context.body(null, 200);
        }
        const upload = uploads.get(uploadId);
        if (upload === undefined) return failed(context, 404, "NoSuchUpload");
        const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
        upload.parts.set(Number(partNumber), { bytes, etag });
        context.header("etag", etag);
        return context.body(null, 200);
      });
      app.post("/:bucket/:key{.+}", async (context) => {
        const key = context.req.param("key");
        const { uploadId } = context.req.query();
        if (uploadId === undefined) {
          const id = `${randomUUID()}+/=&`;
          uploads.set(id, { key, type: context.req.header("content-type") ?? "", parts: new Map() });
          const shown = id.replaceAll("&", "&amp;");
          return context.body(
            `<InitiateMultipartUploadResult><Key>${key}</Key><UploadId>${shown}</UploadId></InitiateMultipartUploadResult>`,
          );
        }
        const upload = uploads.get(uploadId);
        if (upload === undefined) return failed(context, 404, "NoSuchUpload");
        const asked = [...(await context.req.text()).matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)<\/ETag>/g)];
        const parts = asked.flatMap(([, number, etag]) => {
          const part = upload.parts.get(Number(number));
          return part !== undefined && part.etag === etag ? [part.bytes] : [];
        });
        if (parts.length === 0 || parts.length !== asked.length) return failed(context, 400, "InvalidPart");
        if (parts.slice(0, -1).some(({ byteLength }) => byteLength < 5 * 1024 * 1024)) {
          return failed(context, 400, "EntityTooSmall");
        }
        if (completionFails) return failed(context, 200, "InternalError");
        const bytes = Buffer.concat(parts);
        objects.set(key, { text: "", type: upload.type, bytes, parts: parts.length });
        uploads.delete(uploadId);
        return context.body("<CompleteMultipartUploadResult></CompleteMultipartUploadResult>");
      });
      app.delete("/:bucket/:key{.+}", (context) => {
        const isThere = uploads.delete(context.req.query("uploadId") ?? "");
        return isThere ? context.body(null, 204) : failed(context, 404, "NoSuchUpload");
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
    uploads,
    failCompletion: (fails) => {
      completionFails = fails;
    },
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
