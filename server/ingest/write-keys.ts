import { LRUCache } from "lru-cache";
import type { PrismaClient } from "@/generated/prisma/client";

/** How long a revoked key may still work; looking it up for each request would cost more than taking the message. */
const rememberedMs = 10_000;

/** A source as ingest knows it. */
export interface KnownSource {
  readonly id: string;
  readonly workspaceId: string;
}

/** Finds the source of a write key, by memory where it was found a moment ago. */
export class WriteKeys {
  readonly #sources = new LRUCache<string, KnownSource>({ max: 10_000, ttl: rememberedMs });

  constructor(readonly metadata: PrismaClient) {}

  /** The source, of whichever workspace, or null for a key that opens none. */
  async sourceOf(key: string): Promise<KnownSource | null> {
    const remembered = this.#sources.get(key);
    if (remembered !== undefined) return remembered;
    // PostgreSQL takes neither NUL nor half a surrogate pair, and no key holds them.
    if (key === "" || key.length > 200 || /[\0\p{Surrogate}]/u.test(key)) return null;
    const found = await this.metadata.writeKey.findUnique({
      where: { key, revokedAt: null },
      select: { sourceId: true, workspaceId: true },
    });
    if (found === null) return null;
    const source = { id: found.sourceId, workspaceId: found.workspaceId };
    this.#sources.set(key, source);
    return source;
  }
}

/** The user of HTTP Basic authentication, undefined without it. A missing colon is tolerated, as Segment does. */
export function basicUser(authorization: string | null): string | undefined {
  const match = /^Basic\s+([A-Za-z0-9+/_=-]+)\s*$/i.exec(authorization ?? "");
  if (match?.[1] === undefined) return undefined;
  const text = Buffer.from(match[1], "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon === -1 ? text : text.slice(0, colon);
}
