import { LRUCache } from "lru-cache";
import * as z from "zod";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { type IdentityRow, identityKey, type Owner } from "./identity";
import type { Message } from "./message";

const ownerRow = z.strictObject({
  owned: z.enum(["user", "anonymous"]),
  id: z.string(),
  owner: z.int(),
  is_known: z.union([z.literal(0), z.literal(1)]),
});

/** Identifiers kept in memory, for senders speak of the same people again and again. */
const remembered = 300_000;

/** Whose each identifier is: the table `identities` behind a cache. */
export class Identities {
  readonly #cache = new LRUCache<string, Owner>({ max: remembered });

  constructor(readonly eventStore: EventStore) {}

  /** The stored owners of every identifier that the messages carry, by `identityKey`; absent ones are new. */
  async ownersFor(messages: readonly Message[]): Promise<Map<string, Owner>> {
    const owners = new Map<string, Owner>();
    const asked = { user: new Set<string>(), anonymous: new Set<string>() };
    const want = (kind: "user" | "anonymous", id: string) => {
      if (id === "") return;
      const key = identityKey(kind, id);
      const owner = this.#cache.get(key);
      if (owner === undefined) asked[kind].add(id);
      else owners.set(key, owner);
    };
    for (const { userId, anonymousId } of messages) {
      want("user", userId);
      want("anonymous", anonymousId);
    }
    if (asked.user.size + asked.anonymous.size === 0) return owners;
    const rows = await this.eventStore.query(
      sql`SELECT toString(kind) AS owned, id, argMax(profile, version) AS owner, argMax(known, version) AS is_known
      FROM identities
      WHERE (kind = 'user' AND id IN (SELECT arrayJoin(${param.strings([...asked.user])})))
         OR (kind = 'anonymous' AND id IN (SELECT arrayJoin(${param.strings([...asked.anonymous])})))
      GROUP BY kind, id`,
      ownerRow,
      { settings: { use_index_for_in_with_subqueries: 1 } },
    );
    for (const { owned, id, owner: profile, is_known } of rows) {
      const key = identityKey(owned, id);
      const owner = { profile, known: is_known === 1 };
      owners.set(key, owner);
      this.#cache.set(key, owner);
    }
    return owners;
  }

  async save(rows: readonly IdentityRow[]): Promise<void> {
    await this.eventStore.insert(
      "identities",
      rows.map(({ kind, id, profile, known, version }) => ({ kind, id, profile, known: known ? 1 : 0, version })),
    );
  }

  /** Takes note of what was saved, once all that came with it is durable. */
  remember(rows: readonly IdentityRow[]): void {
    for (const { kind, id, profile, known } of rows) this.#cache.set(identityKey(kind, id), { profile, known });
  }

  forget(): void {
    this.#cache.clear();
  }
}
