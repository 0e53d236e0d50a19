import * as z from "zod";
import type { MembershipCause } from "@/core/api/memberships";
import { type EvaluationContext, evaluate } from "@/core/audience/evaluate";
import type { Person } from "@/core/audience/person";
import { Pace } from "@/server/audiences/event-lists/pace";
import type { EventStore } from "@/server/event-store/event-store";
import { param, sql } from "@/server/event-store/sql";
import type { NewChange } from "./change-rows";
import { type Flip, flipsOf } from "./flips";
import { type Heard, type HeardMessage, matters } from "./heard";
import { type Histories, neededByAll, readManyHistories } from "./histories";
import type { TrackedAudience } from "./tracked-audience";

/** Of whom there is something to find out: the audiences to look at, by person. */
export type Looks = ReadonlyMap<number, ReadonlySet<string>>;

export interface Asked {
  readonly eventStore: EventStore;
  readonly tracked: ReadonlyMap<string, TrackedAudience>;
  readonly context: EvaluationContext;
  readonly isMember: (audienceId: string, profile: number) => boolean;
  /** Up to when the log of a person is complete (milliseconds since the epoch). */
  readonly completeTo: (audienceId: string, profile: number) => number;
  readonly to: number;
  readonly heard: Heard;
  /** Who is looked at for what came in alone, not because time may have changed something. */
  readonly onlyHeard: (profile: number) => boolean;
  readonly signal: AbortSignal;
}

/** People whose histories are held at a time. */
const peopleAtOnce = 1_000;
/** After so short a time it is enough to ask at the end of it, and at each new message. */
const shortMs = 10_000;

const numberRow = z.strictObject({ profile: z.int() });

interface Decided {
  /** Each person's in their order. */
  readonly changes: readonly NewChange[];
  /** Audiences in which somebody could not be looked at, for their history is too long to be held. */
  readonly undecided: ReadonlySet<string>;
}

/** What has to be written down so that the logs of these people are complete up to `to`. */
export async function decide(looks: Looks, asked: Asked): Promise<Decided> {
  const changes: NewChange[] = [];
  const undecided = new Set<string>();
  const pace = new Pace(asked.signal);
  const heardOf = new Map<number, HeardMessage[]>();
  for (const message of asked.heard.messages) {
    const theirs = heardOf.get(message.profile);
    if (theirs) theirs.push(message);
    else heardOf.set(message.profile, [message]);
  }
  const profiles = [...looks.keys()].sort((one, other) => one - other);
  for (let start = 0; start < profiles.length; start += peopleAtOnce) {
    const some = profiles.slice(start, start + peopleAtOnce);
    const { people, tooLong } = await historiesOf(some, looks, asked);
    for (const profile of some) {
      const person = people.get(profile);
      const isTooLong = tooLong.includes(profile);
      for (const audienceId of looks.get(profile) ?? []) {
        const audience = asked.tracked.get(audienceId);
        if (!audience) continue;
        if (isTooLong) {
          undecided.add(audienceId);
          continue;
        }
        await pace.rest();
        changes.push(...changesOf(audience, profile, person, heardOf.get(profile) ?? [], asked));
      }
    }
  }
  return { changes, undecided };
}

/** Whoever is dead by now has none. */
async function historiesOf(profiles: readonly number[], looks: Looks, asked: Asked): Promise<Histories> {
  const { eventStore, tracked, to, signal } = asked;
  const ids = new Set(profiles.flatMap((profile) => [...(looks.get(profile) ?? [])]));
  const needed = neededByAll([...ids].flatMap((id) => tracked.get(id)?.needed ?? []));
  const dead = await eventStore.query(
    sql`SELECT DISTINCT profile FROM profile_merges WHERE profile IN ${param.uint32s(profiles)}`,
    numberRow,
  );
  const gone = new Set(dead.map(({ profile }) => profile));
  const live = profiles.filter((profile) => !gone.has(profile));
  return readManyHistories(eventStore, live, to, needed, signal);
}

function changesOf(
  audience: TrackedAudience,
  profile: number,
  person: Person | undefined,
  messages: readonly HeardMessage[],
  asked: Asked,
): NewChange[] {
  const { heard, context, to } = asked;
  const audienceId = audience.id;
  const member = asked.isMember(audienceId, profile);
  if (!person) return member ? [{ audienceId, profile, entered: false, at: to, ...goneBy(profile, heard) }] : [];
  const isIdentified = heard.identified.has(profile);
  const relevant = messages.filter((message) => isIdentified || matters(audience, message));
  const from = Math.min(asked.completeTo(audienceId, profile), to);
  if (asked.onlyHeard(profile) && to - from <= shortMs) {
    const moments = [
      to,
      ...relevant.flatMap(({ timestamp }) => (timestamp > from && timestamp < to ? [timestamp] : [])),
    ];
    const turns = moments.some((moment) => evaluate(audience.definition, person, moment, context) !== member);
    if (!turns) return [];
  }
  const heardAt = relevant.reduce((least, { timestamp }) => Math.min(least, timestamp), Infinity);
  const flips = flipsOf(
    audience.definition,
    person,
    { member, from, to, ...(heardAt !== Infinity && { heardAt }) },
    context,
  );
  return flips.map((flip) => ({
    audienceId,
    profile,
    ...flip,
    ...causeOf(flip, { from, person, relevant, isIdentified }),
  }));
}

interface Cause {
  readonly cause: MembershipCause;
  readonly messageId: string;
}

function goneBy(profile: number, { gone }: Heard): Cause {
  return { cause: gone.get(profile) === 0 ? "deletion" : "identity", messageId: "" };
}

/** A message of that very moment, or what was heard of late; else time alone. */
function causeOf(
  { at }: Flip,
  why: { from: number; person: Person; relevant: readonly HeardMessage[]; isIdentified: boolean },
): Cause {
  const { from, person, relevant, isIdentified } = why;
  const last = relevant.findLast(({ timestamp }) => timestamp <= at) ?? relevant.at(-1);
  if (at <= from) {
    if (isIdentified) return { cause: "identity", messageId: last?.messageId ?? "" };
    if (last) return { cause: "message", messageId: last.messageId };
    return { cause: "moment", messageId: "" };
  }
  const now = relevant.findLast(({ timestamp }) => timestamp === at);
  const message = now ?? person.messages.findLast(({ timestamp, messageId }) => timestamp === at && messageId !== "");
  return message ? { cause: "message", messageId: message.messageId } : { cause: "moment", messageId: "" };
}
