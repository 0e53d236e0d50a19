import type { IdentityRules } from "../../core/identity/rules";

type IdentifierKind = "user" | "anonymous" | "other";

export interface Identifier {
  readonly kind: IdentifierKind;
  readonly id: string;
}

/** Whose an identifier is: a person's number, and whether that person has a userId. */
export interface Owner {
  readonly profile: number;
  readonly known: boolean;
}

/** An identifier with its owner as of the message with arrival `version`. The lowest rank of a person's userIds is shown. */
export interface IdentityRow extends Owner, Identifier {
  readonly version: number;
  readonly rank: number;
}

/** The history of `profile` belongs to `into` from `arrival` on. */
export interface Merge {
  readonly profile: number;
  readonly into: number;
  readonly arrival: number;
}

/** How many identifiers of each limited kind a person has. */
export type Counts = Readonly<Record<keyof IdentityRules["limits"], number>>;

const prefix = { user: "u", anonymous: "a", other: "o" } as const;

/** One text per identifier; equal ids of two kinds are different. */
export function identityKey({ kind, id }: Identifier): string {
  return prefix[kind] + id;
}

/** One text per pair of identifiers, whichever comes first. */
export function pairKey(one: Identifier, other: Identifier): string {
  return [identityKey(one), identityKey(other)].sort().join("\0");
}

const nothing: Counts = { anonymous: 0, email: 0, external: 0 };

function countOf({ kind, id }: Identifier): Counts {
  if (kind === "user") return nothing;
  if (kind === "anonymous") return { ...nothing, anonymous: 1 };
  return id.startsWith("email:") ? { ...nothing, email: 1 } : { ...nothing, external: 1 };
}

function sum(one: Counts, other: Counts): Counts {
  return {
    anonymous: one.anonymous + other.anonymous,
    email: one.email + other.email,
    external: one.external + other.external,
  };
}

/**
 * The identifiers of everybody, as far as messages speak of them: what was stored before, and what the messages change. People
 * who came up among the messages have numbers from `firstNew` on.
 */
export class IdentitySet {
  readonly #changed = new Map<string, IdentityRow>();
  readonly #moved = new Map<number, number>();
  readonly #known = new Set<number>();
  readonly #counts = new Map<number, Counts>();
  readonly #merged: { profile: number; arrival: number }[] = [];
  nextProfile: number;

  constructor(
    readonly stored: { ownerOf(key: string): Owner | undefined; countsOf(profile: number): Counts | undefined },
    readonly limits: IdentityRules["limits"],
    readonly firstNew: number,
  ) {
    this.nextProfile = firstNew;
  }

  /** The number that a number's history belongs to by now. */
  live(profile: number): number {
    let live = profile;
    for (let into = this.#moved.get(live); into !== undefined; into = this.#moved.get(live)) live = into;
    return live;
  }

  ownerOf(identifier: Identifier): Owner | undefined {
    const key = identityKey(identifier);
    const owner = this.#changed.get(key) ?? this.stored.ownerOf(key);
    if (owner === undefined) return undefined;
    const profile = this.live(owner.profile);
    if (owner.known) this.#known.add(profile);
    return { profile, known: this.#known.has(profile) };
  }

  /** Gives an identifier to a person, a new one unless told. */
  give(identifier: Identifier, version: number, profile: number = this.nextProfile++, rank: number = version): Owner {
    const { kind, id } = identifier;
    const isNew = this.ownerOf(identifier)?.profile !== profile;
    if (kind === "user") this.#known.add(profile);
    const known = this.#known.has(profile);
    this.#changed.set(identityKey(identifier), { kind, id, profile, known, version, rank });
    if (isNew) this.#counts.set(profile, sum(this.#countsOf(profile), countOf(identifier)));
    return { profile, known };
  }

  /** Joins two people; `dead` is a number of nobody from then on. */
  merge(dead: Owner, live: Owner, arrival: number): void {
    if (dead.known || live.known) this.#known.add(live.profile);
    this.#counts.set(live.profile, sum(this.#countsOf(live.profile), this.#countsOf(dead.profile)));
    this.#moved.set(dead.profile, live.profile);
    // A person who came up among these very messages has nothing stored that could move.
    if (dead.profile < this.firstNew) this.#merged.push({ profile: dead.profile, arrival });
  }

  /** Whether a person would have more identifiers than the rules allow with another one, or with all of another person. */
  exceedsLimits(profile: number, added: Identifier | number): boolean {
    if (Object.values(this.limits).every((limit) => limit === null)) return false;
    const all = sum(this.#countsOf(profile), typeof added === "number" ? this.#countsOf(added) : countOf(added));
    return Object.entries(this.limits).some(([kind, limit]) => limit !== null && all[kind as keyof Counts] > limit);
  }

  /** Identifiers that are new or have changed hands, each once. */
  rows(): IdentityRow[] {
    return [...this.#changed.values()].map((row) => {
      const profile = this.live(row.profile);
      return { ...row, profile, known: this.#known.has(profile) };
    });
  }

  /** Joins of people whose history is stored. */
  merges(): Merge[] {
    return this.#merged.map(({ profile, arrival }) => ({ profile, into: this.live(profile), arrival }));
  }

  /** Numbers of people who have a userId since. */
  become(): ReadonlySet<number> {
    return this.#known;
  }

  #countsOf(profile: number): Counts {
    return this.#counts.get(profile) ?? this.stored.countsOf(profile) ?? nothing;
  }
}
