import type { Message } from "./message";

export type IdentifierKind = "user" | "anonymous";

/** Whose an identifier is: a person's number, and whether that person has a userId. */
export interface Owner {
  readonly profile: number;
  readonly known: boolean;
}

/** An identifier with its owner as of the message with arrival `version`. */
export interface IdentityRow extends Owner {
  readonly kind: IdentifierKind;
  readonly id: string;
  readonly version: number;
}

/** The history of `profile`, known by an anonymousId alone until `arrival`, belongs to `into` from then on. */
export interface Merge {
  readonly profile: number;
  readonly into: number;
  readonly arrival: number;
}

export interface Assignment {
  /** The person of each message, in the order of the messages. */
  readonly profiles: Uint32Array<ArrayBuffer>;
  /** Identifiers that are new or have changed hands, each once. */
  readonly identities: readonly IdentityRow[];
  /** Joins of people whose history is stored. */
  readonly merges: readonly Merge[];
  readonly nextProfile: number;
}

/** One text per identifier; equal ids of the two kinds are different. */
export function identityKey(kind: IdentifierKind, id: string): string {
  return kind === "user" ? `u${id}` : `a${id}`;
}

/**
 * Gives each message its person, in order of arrival (docs/semantics.md, "Identity"). `ownerOf` answers for what was
 * stored before; new people get the numbers from `nextProfile` on; the messages' arrivals start at `firstArrival`.
 */
export function assignProfiles(
  messages: readonly Message[],
  ownerOf: (key: string) => Owner | undefined,
  nextProfile: number,
  firstArrival: number,
): Assignment {
  const changed = new Map<string, IdentityRow>();
  const moved = new Map<number, number>();
  const merges: Merge[] = [];
  const profiles = new Uint32Array(messages.length);
  let next = nextProfile;
  let arrival = firstArrival;

  const find = (kind: IdentifierKind, id: string): Owner | undefined => {
    if (id === "") return undefined;
    const key = identityKey(kind, id);
    return changed.get(key) ?? ownerOf(key);
  };
  const give = (kind: IdentifierKind, id: string, profile: number, known: boolean): number => {
    changed.set(identityKey(kind, id), { kind, id, profile, known, version: arrival });
    return profile;
  };

  const join = (userId: string, anonymousId: string): number => {
    const user = find("user", userId);
    const anonymous = find("anonymous", anonymousId);
    // An anonymousId that has a user keeps it: somebody else on a shared device gets a person of their own.
    if (anonymous?.known) return user?.profile ?? give("user", userId, next++, true);
    if (user === undefined) {
      const profile = anonymous?.profile ?? next++;
      give("anonymous", anonymousId, profile, true);
      return give("user", userId, profile, true);
    }
    if (anonymous !== undefined) {
      moved.set(anonymous.profile, user.profile);
      // A person who came up among these very messages has nothing stored that could move.
      if (anonymous.profile < nextProfile) merges.push({ profile: anonymous.profile, into: user.profile, arrival });
    }
    return give("anonymous", anonymousId, user.profile, true);
  };

  messages.forEach(({ userId, anonymousId }, index) => {
    if (userId === "") {
      profiles[index] = find("anonymous", anonymousId)?.profile ?? give("anonymous", anonymousId, next++, false);
    } else if (anonymousId === "") {
      profiles[index] = find("user", userId)?.profile ?? give("user", userId, next++, true);
    } else {
      profiles[index] = join(userId, anonymousId);
    }
    arrival++;
  });

  if (moved.size > 0) {
    for (let index = 0; index < profiles.length; index++) {
      const profile = profiles[index] ?? 0;
      profiles[index] = moved.get(profile) ?? profile;
    }
  }
  return { profiles, identities: [...changed.values()], merges, nextProfile: next };
}
