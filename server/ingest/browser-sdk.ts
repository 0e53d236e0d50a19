import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { AppError } from "../../core/errors";
import type { Installation } from "../services";

/** `dist/umd` of the package as npm brought it: the standalone bundle, and what it loads when it needs it. */
const folder = join(dirname(createRequire(import.meta.url).resolve("@segment/analytics-next")), "../umd");
const keyPlaceholder = "__WRITE_KEY__";
const chunkName = /^[\w.-]+\.bundle\.[0-9a-f]{20}\.js$/;

/**
 * The bundle asks for its settings and its chunks where its own script came from, but takes that from `https` addresses
 * only, and Segment's host where there is none. So its address is said to it, at any scheme, by the name that it reads first.
 */
const origin = "(window.analytics=window.analytics||[])._cdn||=new URL(document.currentScript.src).origin;\n";

const headers = {
  "content-type": "text/javascript; charset=utf-8",
  "access-control-allow-origin": "*",
  // Pages of any site load it.
  "cross-origin-resource-policy": "cross-origin",
} as const;

/**
 * Segment's own browser SDK, unmodified, under the addresses at which its snippet looks for it: change the host in the
 * snippet, and nothing comes from Segment. Served in the version that package.json names.
 */
export function browserSdkRoutes({ writeKeys }: Pick<Installation, "writeKeys">): Hono {
  const hono = new Hono();
  const bundle = readFile(join(folder, "standalone.js"), "utf8");
  // A rejection is for the requests that need it.
  bundle.catch(() => undefined);

  for (const path of ["/analytics.js/*", "/analytics-next/*"]) hono.use(path, compress());
  hono.get("/analytics.js/v1/:writeKey/:file{analytics(\\.min)?\\.js}", async (context) => {
    const writeKey = context.req.param("writeKey");
    if ((await writeKeys.sourceOf(writeKey)) === null) throw new AppError("not_found", "No source has this write key.");
    const script = origin + (await bundle).replace(keyPlaceholder, () => writeKey);
    return context.body(script, 200, { ...headers, "cache-control": "public, max-age=300" });
  });
  hono.get("/analytics-next/bundles/:file", async (context) => {
    const file = context.req.param("file");
    const chunk = chunkName.test(file) ? await readFile(join(folder, file)).catch(() => null) : null;
    if (chunk === null) throw new AppError("not_found", "The browser SDK has no such part.");
    return context.body(new Uint8Array(chunk), 200, {
      ...headers,
      "cache-control": "public, max-age=31536000, immutable",
    });
  });
  return hono;
}
