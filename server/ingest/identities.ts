import { LRUCache } from "lru-cache";
import * as z from "zod";
import type { IdentityRules } from "../../core/identity/rules";
import type { EventStore } from "../event-store/event-store";
import { param, type Sql, sql } from "../event-store/sql";
import type { Assignment, Claim, StoredIdentities } from "./identity";
import { type Counts, type Identifier, type IdentityRow, identityKey, type Owner } from "./identity-set";
import type { Message } from "./message";

const kinds = ["user", "anonymous", "other"] as const;
const ownerRow = z.strictObject({
  owned: z.enum(kinds),
  id: z.string(),
  owner: z.int(),
  isKnown: z.union([z.literal(0), z.literal(1)]),
});
const claimRow = z.strictObject({
  previousId: z.string(),
  userId: z.string(),
  seq: z.int(),
  messageId: z.string(),
  source: z.string(),
});
const countsRow = z.strictObject({ profile: z.int(), anonymous: z.int(), email: z.int(), external: z.int() });
const pairRow = z.strictObject({ pair: z.string() });

/** Identifiers kept in memory, for senders speak of the same people again and again. */
const remembered = 300_000;

/** Bitmap of the numbers that have a userId, and of dead ones that had. */
const knownPeople = sql`(SELECT groupBitmapMergeState(people) FROM people_sets WHERE name = 'user')`;

function among(asked: Readonly<Record<(typeof kinds)[number], ReadonlySet<string>>>): Sql {
  const is = (kind: Sql, ids: ReadonlySet<string>) =>
    sql`(kind = ${kind} AND id IN (SELECT arrayJoin(${param.strings([...ids])})))`;
  return sql`${is(sql`'user'`, asked.user)} OR ${is(sql`'anonymous'`, asked.anonymous)} OR ${is(sql`'other'`, asked.other)}`;
}

/** Whose each identifier is, and what else decides that: the tables behind a cache. */
export class Identities {
  readonly #cache = new LRUCache<string, Owner>({ max: remembered });
  /** What has become of numbers that the cache may still name. */
  readonly #moved = new Map<number, number>();
  readonly #known = new Set<number>();
  /** Pairs that somebody has parted by hand; read once, for they are few. */
  #apart: ReadonlySet<string> | undefined;
  #hasClaims: boolean | undefined;
  /** Differs after everything was forgotten. */
  #age = 0;
  #isWarm = false;

  constructor(readonly eventStore: EventStore) {}

  /** Whether those who were new last have been read ahead since everything was forgotten. */
  get isWarm(): boolean {
    return this.#isWarm;
  }

  /**
   * Reads whose the newest identifiers are, so that the first messages of each need not ask. What is saved or forgotten meanwhile
   * comes before it.
   */
  async warm(signal: AbortSignal): Promise<void> {
    const age = this.#age;
    const blocks = await this.eventStore.blocks(
      sql`SELECT CAST(kind, 'String') AS owned, id, argMax(profile, version) AS owner, toUInt8(bitmapContains(${knownPeople}, owner)) AS isKnown
        FROM identities GROUP BY kind, id ORDER BY max(version) DESC LIMIT ${param.uint32(remembered)}`,
      { signal, heavy: true, settings: { max_threads: 1 } },
    );
    // The newest last, for the one that was set longest ago goes first.
    for (const block of blocks.toReversed()) {
      const [owned, ids] = [block.texts("owned"), block.texts("id")];
      const [profiles, known] = [block.view("owner", "UInt32"), block.bytes("isKnown", "UInt8")];
      for (let row = block.rows - 1; row >= 0; row -= 1) {
        // A turn of the event loop, for requests that wait.
        if ((row & 4095) === 0) await new Promise(setImmediate);
        // A full cache would let go of what it has taken in since.
        if (age !== this.#age || this.#cache.size >= remembered) return;
        const kind = kinds.find((one) => one === owned.at(row));
        if (kind === undefined) continue;
        const key = identityKey({ kind, id: ids.at(row) });
        const owner = { profile: profiles.getUint32(row * 4, true), known: known[row] === 1 };
        if (!this.#cache.has(key)) this.#cache.set(key, owner);
      }
    }
    this.#isWarm = true;
  }

  /** Everything that is stored and matters to whose the messages are. */
  async storedFor(messages: readonly Message[], limits: IdentityRules["limits"]): Promise<StoredIdentities> {
    const owners = await this.#ownersOf(messages.flatMap(mentioned));
    const claims = await this.#claimsFor(messages, owners);
    const targets = [...claims.values()].flat().map(({ userId }): Identifier => ({ kind: "user", id: userId }));
    for (const [key, owner] of await this.#ownersOf(targets)) owners.set(key, owner);
    const counts = await this.#countsFor(owners, limits);
    const apart = await this.#readApart();
    return {
      ownerOf: (key) => owners.get(key),
      claimsOn: (id) => claims.get(id) ?? [],
      countsOf: (profile) => counts.get(profile),
      isApart: (pair) => apart.has(pair),
    };
  }

  async save(rows: readonly IdentityRow[]): Promise<void> {
    await this.eventStore.insert(
      "identities",
      rows.map(({ kind, id, profile, known, version, rank }) => ({
        kind,
        id,
        profile,
        known: known ? 1 : 0,
        version,
        rank,
      })),
    );
  }

  /** Takes note of what was saved, once all that came with it is durable. */
  remember({ identities, merges, known, claims }: Assignment): void {
    if (this.#moved.size + this.#known.size > remembered) this.forget();
    for (const { profile, into } of merges) this.#moved.set(profile, into);
    for (const profile of known) this.#known.add(profile);
    for (const row of identities) this.#cache.set(identityKey(row), { profile: row.profile, known: row.known });
    if (claims.length > 0) this.#hasClaims = true;
  }

  forget(): void {
    this.#age += 1;
    this.#isWarm = false;
    this.#cache.clear();
    this.#moved.clear();
    this.#known.clear();
    this.#apart = undefined;
    this.#hasClaims = undefined;
  }

  #cached(key: string): Owner | undefined {
    const owner = this.#cache.get(key);
    if (owner === undefined) return undefined;
    let { profile } = owner;
    for (let into = this.#moved.get(profile); into !== undefined; into = this.#moved.get(profile)) profile = into;
    return { profile, known: owner.known || this.#known.has(profile) };
  }

  /** The stored owners, by `identityKey`; absent identifiers are new. */
  async #ownersOf(identifiers: readonly Identifier[]): Promise<Map<string, Owner>> {
    const owners = new Map<string, Owner>();
    const asked = { user: new Set<string>(), anonymous: new Set<string>(), other: new Set<string>() };
    for (const identifier of identifiers) {
      const key = identityKey(identifier);
      const owner = this.#cached(key);
      if (owner === undefined) asked[identifier.kind].add(identifier.id);
      else owners.set(key, owner);
    }
    if (asked.user.size + asked.anonymous.size + asked.other.size === 0) return owners;
    const rows = await this.eventStore.query(
      sql`SELECT toString(kind) AS owned, id, argMax(profile, version) AS owner,
        toUInt8(bitmapContains(${knownPeople}, owner)) AS isKnown
      FROM identities WHERE ${among(asked)} GROUP BY kind, id`,
      ownerRow,
      { settings: { use_index_for_in_with_subqueries: 1 } },
    );
    for (const { owned, id, owner: profile, isKnown } of rows) {
      const key = identityKey({ kind: owned, id });
      const owner = { profile, known: isKnown === 1 };
      owners.set(key, owner);
      this.#cache.set(key, owner);
    }
    return owners;
  }

  /** What aliases have said of ids that are new in one of the two ways, by the id. */
  async #claimsFor(
    messages: readonly Message[],
    owners: ReadonlyMap<string, Owner>,
  ): Promise<Map<string, z.infer<typeof claimRow>[]>> {
    const found = new Map<string, Claim[]>();
    this.#hasClaims ??=
      (await this.eventStore.query(sql`SELECT 1 AS n FROM alias_claims LIMIT 1`, z.unknown())).length > 0;
    if (!this.#hasClaims) return found;
    const fresh = messages
      .flatMap(mentioned)
      .filter((identifier) => identifier.kind !== "other" && !owners.has(identityKey(identifier)));
    if (fresh.length === 0) return found;
    const ids = param.strings([...new Set(fresh.map(({ id }) => id))]);
    const rows = await this.eventStore.query(
      sql`SELECT previous_id AS previousId, user_id AS userId, min(alias_claims.seq) AS seq,
        argMin(message_id, alias_claims.seq) AS messageId, argMin(source, alias_claims.seq) AS source
      FROM alias_claims WHERE previous_id IN (SELECT arrayJoin(${ids})) GROUP BY previous_id, user_id ORDER BY seq`,
      claimRow,
      { settings: { use_index_for_in_with_subqueries: 1 } },
    );
    for (const claim of rows) found.set(claim.previousId, [...(found.get(claim.previousId) ?? []), claim]);
    return found;
  }

  async #countsFor(
    owners: ReadonlyMap<string, Owner>,
    limits: IdentityRules["limits"],
  ): Promise<ReadonlyMap<number, Counts>> {
    if (owners.size === 0 || Object.values(limits).every((limit) => limit === null)) return new Map();
    const profiles = param.uint32s([...new Set([...owners.values()].map(({ profile }) => profile))]);
    const rows = await this.eventStore.query(
      sql`SELECT profile, uniqExactIf(id, kind = 'anonymous') AS anonymous,
        uniqExactIf(id, kind = 'other' AND startsWith(id, 'email:')) AS email,
        uniqExactIf(id, kind = 'other' AND NOT startsWith(id, 'email:')) AS external
      FROM profile_identities WHERE profile IN (SELECT arrayJoin(${profiles})) GROUP BY profile`,
      countsRow,
      { settings: { use_index_for_in_with_subqueries: 1 } },
    );
    return new Map(rows.map(({ profile, ...counts }) => [profile, counts]));
  }

  async #readApart(): Promise<ReadonlySet<string>> {
    if (this.#apart !== undefined) return this.#apart;
    const rows = await this.eventStore.query(
      sql`SELECT DISTINCT arrayStringConcat(arraySort([concat(substring(toString(kind), 1, 1), id),
        concat(substring(toString(other_kind), 1, 1), other_id)]), '\\0') AS pair
      FROM identity_log WHERE action = 'undone'`,
      pairRow,
    );
    this.#apart = new Set(rows.map(({ pair }) => pair));
    return this.#apart;
  }
}

/** Every identifier that a message speaks of. */
function mentioned({ userId, anonymousId, others, previousId }: Message): Identifier[] {
  const found: Identifier[] = others.map((id) => ({ kind: "other", id }));
  if (userId !== "") found.push({ kind: "user", id: userId });
  if (anonymousId !== "") found.push({ kind: "anonymous", id: anonymousId });
  if (previousId !== "") found.push({ kind: "user", id: previousId }, { kind: "anonymous", id: previousId });
  return found;
}
