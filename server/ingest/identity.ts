import type { IdentityRules } from "../../core/identity/rules";
import {
  type Counts,
  type Identifier,
  type IdentityRow,
  IdentitySet,
  identityKey,
  type Merge,
  type Owner,
  pairKey,
} from "./identity-set";
import type { Message } from "./message";

/** What an alias said of an id when nobody had sent that id as a userId or as an anonymousId yet. */
export interface Claim {
  readonly previousId: string;
  readonly userId: string;
  readonly seq: number;
  readonly messageId: string;
  readonly source: string;
}

/** What was stored before the messages. */
export interface StoredIdentities {
  ownerOf(key: string): Owner | undefined;
  /** Of an id that nobody had sent in one of the two ways, the oldest first. */
  claimsOn(id: string): readonly Claim[];
  /** Asked only where the rules have limits. */
  countsOf(profile: number): Counts | undefined;
  /** Whether somebody has undone a join of the two, by `pairKey`. */
  isApart(pair: string): boolean;
}

/** A join, or why there was none: the row of `identity_log` of the message with arrival `seq`. */
export interface LoggedJoin {
  readonly seq: number;
  readonly part: number;
  readonly action: "joined" | "not_joined";
  /** What joined (a message with both, an alias), or what stood against it. */
  readonly reason: "message" | "alias" | "owned" | "limit" | "apart";
  readonly one: Identifier;
  readonly other: Identifier;
  /** The message, by its place, or the alias that had said so before. */
  readonly cause: number | Claim;
}

export interface Assignment {
  /** The person of each message, in the order of the messages. */
  readonly profiles: Uint32Array<ArrayBuffer>;
  /** Identifiers that are new or have changed hands, each once. */
  readonly identities: readonly IdentityRow[];
  /** Joins of people whose history is stored. */
  readonly merges: readonly Merge[];
  readonly log: readonly LoggedJoin[];
  /** What aliases said of ids that nobody has sent yet; `source` is left to the caller. */
  readonly claims: readonly (Omit<Claim, "source"> & { readonly message: number })[];
  /** Numbers that have a userId, of those that the messages speak of. */
  readonly known: ReadonlySet<number>;
  readonly nextProfile: number;
}

/** What a message says of whose it is, the identifier first that decides. */
function identifiersOf({ userId, anonymousId, others }: Message): Identifier[] {
  const found: Identifier[] = [];
  if (userId !== "") found.push({ kind: "user", id: userId });
  if (anonymousId !== "") found.push({ kind: "anonymous", id: anonymousId });
  for (const id of others) found.push({ kind: "other", id });
  return found;
}

/**
 * Gives each message its person, in order of arrival (docs/semantics.md, "Identity"; docs/decisions/0006-identity.md). New
 * people get the numbers from `nextProfile` on; the messages' arrivals start at `firstArrival`.
 */
export function assignProfiles(
  messages: readonly Message[],
  stored: StoredIdentities,
  limits: IdentityRules["limits"],
  nextProfile: number,
  firstArrival: number,
): Assignment {
  const joining = new Joining(stored, new IdentitySet(stored, limits, nextProfile));
  const placed = messages.map((message, index) => joining.place(message, index, firstArrival + index));
  const { set, log, claims } = joining;
  return {
    profiles: Uint32Array.from(placed, (profile) => set.live(profile)),
    identities: set.rows(),
    merges: set.merges(),
    log,
    claims,
    known: set.become(),
    nextProfile: set.nextProfile,
  };
}

class Joining {
  readonly log: LoggedJoin[] = [];
  readonly claims: (Omit<Claim, "source"> & { message: number })[] = [];
  readonly #claimed = new Map<string, { userId: string; cause: number }[]>();
  #arrival = 0;
  #part = 0;
  #index = 0;

  constructor(
    readonly stored: StoredIdentities,
    readonly set: IdentitySet,
  ) {}

  /** The person of one message. */
  place(message: Message, index: number, arrival: number): number {
    this.#arrival = arrival;
    this.#index = index;
    this.#part = 0;
    const [first, ...rest] = identifiersOf(message);
    if (first === undefined) throw new Error("A message without an identifier has come this far");
    if (this.set.ownerOf(first) === undefined) this.#create(first, rest);
    for (const other of rest) this.#link(first, other);
    if (message.previousId !== "" && first.kind === "user") this.#alias(first, message);
    return this.#ownerOf(first).profile;
  }

  #ownerOf(identifier: Identifier): Owner {
    const owner = this.set.ownerOf(identifier);
    if (owner === undefined) throw new Error("An identifier has no owner");
    return owner;
  }

  #note(
    action: LoggedJoin["action"],
    reason: LoggedJoin["reason"],
    one: Identifier,
    other: Identifier,
    cause: number | Claim = this.#index,
  ): void {
    this.log.push({ seq: this.#arrival, part: this.#part++, action, reason, one, other, cause });
  }

  /** An identifier that is met for the first time: somebody's by an alias or by what else the message carries, or a new person's. */
  #create(first: Identifier, rest: readonly Identifier[]): void {
    if (this.#createByClaim(first)) return;
    for (const other of rest) {
      const owner = this.set.ownerOf(other);
      if (owner === undefined || (first.kind === "user" && owner.known)) continue;
      if (this.stored.isApart(pairKey(first, other)) || this.set.exceedsLimits(owner.profile, first)) continue;
      this.set.give(first, this.#arrival, owner.profile);
      // Written again, for its person has a userId by now.
      if (first.kind === "user") this.set.give(other, this.#arrival, owner.profile);
      this.#note("joined", "message", first, other);
      return;
    }
    this.set.give(first, this.#arrival);
  }

  #createByClaim(identifier: Identifier): boolean {
    if (identifier.kind === "other") return false;
    for (const { userId, cause } of this.#claimsOn(identifier.id)) {
      const user = { kind: "user", id: userId } as const;
      const owner = this.set.ownerOf(user);
      if (owner === undefined || this.stored.isApart(pairKey(user, identifier))) continue;
      const own = this.set.ownerOf(identifier);
      if (own === undefined) this.set.give(identifier, this.#arrival, owner.profile);
      // An anonymousId stays with the first; a userId is joined with all.
      else if (identifier.kind === "anonymous" || own.profile === owner.profile) continue;
      else this.set.merge(own, owner, this.#arrival);
      this.#note("joined", "alias", user, identifier, cause);
    }
    return this.set.ownerOf(identifier) !== undefined;
  }

  /** Joins what a message carries with the identifier that decides, where nothing stands against it. */
  #link(first: Identifier, other: Identifier): void {
    const mine = this.#ownerOf(first);
    if (this.set.ownerOf(other) === undefined) this.#createByClaim(other);
    const theirs = this.set.ownerOf(other);
    if (theirs?.profile === mine.profile) return;
    const [dead, live] = theirs === undefined || !theirs.known ? [theirs, mine] : [mine, theirs];
    const against = this.#against(first, other, dead, live);
    if (against !== undefined) {
      this.#note("not_joined", against, first, other);
      return;
    }
    if (dead !== undefined) this.set.merge(dead, live, this.#arrival);
    this.set.give(other, this.#arrival, live.profile);
    this.#note("joined", "message", first, other);
  }

  /** What stands against joining a person, or an identifier that is nobody's yet, with another person. */
  #against(
    first: Identifier,
    other: Identifier,
    dead: Owner | undefined,
    live: Owner,
  ): LoggedJoin["reason"] | undefined {
    if (this.stored.isApart(pairKey(first, other))) return "apart";
    if (dead?.known && live.known) return "owned";
    return this.set.exceedsLimits(live.profile, dead?.profile ?? other) ? "limit" : undefined;
  }

  /** Joins `previousId`, as a userId and as an anonymousId, with the alias's userId. */
  #alias(user: Identifier, { previousId, messageId }: Message): void {
    for (const kind of ["user", "anonymous"] as const) {
      const previous = { kind, id: previousId };
      if (identityKey(previous) === identityKey(user)) continue;
      const theirs = this.set.ownerOf(previous);
      const mine = this.#ownerOf(user);
      if (theirs === undefined) this.#claim({ previousId, userId: user.id, messageId });
      else if (theirs.profile === mine.profile) {
        if (kind === "user") this.#show(user, mine);
      } else if (this.stored.isApart(pairKey(user, previous))) this.#note("not_joined", "apart", user, previous);
      else if (kind === "anonymous" && theirs.known) this.#note("not_joined", "owned", user, previous);
      else {
        this.set.merge(theirs, mine, this.#arrival);
        this.#note("joined", "alias", user, previous);
        if (kind === "user") this.#show(user, mine);
      }
    }
  }

  /** A person who was merged by an alias is shown with the alias's userId, of several the last one's. */
  #show(user: Identifier, owner: Owner): void {
    this.set.give(user, this.#arrival, owner.profile, -this.#arrival);
  }

  #claim({ previousId, userId, messageId }: { previousId: string; userId: string; messageId: string }): void {
    if (this.#claimsOn(previousId).some((claim) => claim.userId === userId)) return;
    this.claims.push({ previousId, userId, seq: this.#arrival, messageId, message: this.#index });
    const claimed = this.#claimed.get(previousId) ?? [];
    this.#claimed.set(previousId, [...claimed, { userId, cause: this.#index }]);
  }

  /** What aliases have said of an id, the oldest first. */
  #claimsOn(id: string): { userId: string; cause: number | Claim }[] {
    const stored = this.stored.claimsOn(id).map((claim) => ({ userId: claim.userId, cause: claim }));
    return [...stored, ...(this.#claimed.get(id) ?? [])];
  }
}
