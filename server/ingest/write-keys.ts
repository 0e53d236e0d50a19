import { LRUCache } from "lru-cache";
import type { PrismaClient } from "@/generated/prisma/client";
import { RateLimit } from "./rate-limit";

/** How long what is known of a key may be old; looking it up for each request would cost more than taking the message. */
const rememberedMs = 10_000;

/** A source as ingest knows it. */
export interface KnownSource {
  readonly id: string;
  readonly workspaceId: string;
  readonly enabled: boolean;
  /** Null where any rate is taken. */
  readonly rateLimit: RateLimit | null;
}

interface Remembered {
  readonly source: KnownSource;
  /** Milliseconds since the epoch; the end of a key that is being replaced. */
  readonly endsAt: number;
}

/** Finds the source of a write key, by memory where it was found a moment ago. */
export class WriteKeys {
  readonly #known = new LRUCache<string, Remembered>({ max: 10_000, ttl: rememberedMs });
  /** By source, so that a limit does not begin anew with each look-up, nor for each of two keys. */
  readonly #limits = new LRUCache<string, RateLimit>({ max: 10_000 });

  constructor(readonly metadata: PrismaClient) {}

  /** The source, of whichever workspace, or null for a key that opens none. */
  async sourceOf(key: string): Promise<KnownSource | null> {
    const now = Date.now();
    const remembered = this.#known.get(key);
    if (remembered !== undefined && remembered.endsAt > now) return remembered.source;
    // PostgreSQL takes neither NUL nor half a surrogate pair, and no key holds them.
    if (key === "" || key.length > 200 || /[\0\p{Surrogate}]/u.test(key)) return null;
    const found = await this.metadata.writeKey.findUnique({
      where: { key, source: { archivedAt: null } },
      select: {
        sourceId: true,
        workspaceId: true,
        revokedAt: true,
        source: { select: { enabled: true, ratePerSecond: true, rateBurst: true } },
      },
    });
    if (found === null) return null;
    const endsAt = found.revokedAt?.getTime() ?? Number.POSITIVE_INFINITY;
    if (endsAt <= now) return null;
    const { enabled, ratePerSecond, rateBurst } = found.source;
    const rateLimit =
      ratePerSecond === null || rateBurst === null ? null : this.#limitOf(found.sourceId, ratePerSecond, rateBurst);
    const source = { id: found.sourceId, workspaceId: found.workspaceId, enabled, rateLimit };
    this.#known.set(key, { source, endsAt });
    return source;
  }

  /** Looks up anew from here on: a source was changed, or a key has ended. */
  forget(): void {
    this.#known.clear();
  }

  #limitOf(source: string, perSecond: number, burst: number): RateLimit {
    const known = this.#limits.get(source);
    if (known?.perSecond === perSecond && known.burst === burst) return known;
    const limit = new RateLimit(perSecond, burst);
    this.#limits.set(source, limit);
    return limit;
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
