import * as z from "zod";
import { type EvaluationContext, evaluate } from "@/core/audience/evaluate";
import { HistoryIndex } from "@/core/audience/history-index";
import type { Person } from "@/core/audience/person";
import { Pace } from "@/server/audiences/event-lists/pace";
import type { EventStore } from "@/server/event-store/event-store";
import { join, param, sql } from "@/server/event-store/sql";
import type { NewChange } from "./change-rows";
import { type Flip, flipsOf } from "./flips";
import { type Heard, type HeardMessage, matters } from "./heard";
import type { Histories } from "./histories";
import type { TrackedAudience } from "./tracked-audience";

/** Of whom there is something to find out: the audiences to look at, by person. */
export type Looks = ReadonlyMap<number, ReadonlySet<string>>;

export interface Asked {
  readonly eventStore: EventStore;
  readonly histories: Histories;
  readonly tracked: ReadonlyMap<string, TrackedAudience>;
  readonly context: EvaluationContext;
  readonly isMember: (audienceId: string, profile: number) => boolean;
  /** Up to when the log of a person is complete (milliseconds since the epoch). */
  readonly completeTo: (audienceId: string, profile: number) => number;
  readonly to: number;
  /** Whether `to` is a midnight of the zone, at which calendar windows move. */
  readonly atMidnight: boolean;
  /** What came in up to the arrival `until`. */
  readonly heard: Heard;
  readonly until: number;
  /** Who is looked at for what came in alone, not because time may have changed something. */
  readonly onlyHeard: (profile: number) => boolean;
  readonly signal: AbortSignal;
}

/** People whose histories are held at a time. */
const peopleAtOnce = 5_000;
/** After so short a time it is enough to ask at the end of it, and at each new message. */
const shortMs = 10_000;

const nameRow = z.strictObject({ arrival: z.int(), messageId: z.string() });

/** A change, perhaps with the arrival of the message that it came with where its messageId is not at hand. */
interface FoundChange extends NewChange {
  readonly arrival?: number | undefined;
}

interface Decided {
  /** Each person's in their order. */
  readonly changes: readonly NewChange[];
  /** Audiences in which somebody could not be looked at, for their history is too long to be held. */
  readonly undecided: ReadonlySet<string>;
}

/** What has to be written down so that the logs of these people are complete up to `to`. */
export async function decide(looks: Looks, asked: Asked): Promise<Decided> {
  const changes: FoundChange[] = [];
  const undecided = new Set<string>();
  const { eventStore, histories, heard, until, signal } = asked;
  const pace = new Pace(signal);
  const heardOf = new Map<number, HeardMessage[]>();
  for (const message of heard.messages) {
    const theirs = heardOf.get(message.profile);
    if (theirs) theirs.push(message);
    else heardOf.set(message.profile, [message]);
  }
  const profiles = [...looks.keys()].sort((one, other) => one - other);
  for (let start = 0; start < profiles.length; start += peopleAtOnce) {
    const some = profiles.slice(start, start + peopleAtOnce);
    const { people, tooLong } = await histories.read(eventStore, some, heardOf, until, signal);
    for (const profile of some) {
      await pace.rest();
      const person = people.get(profile);
      const history = person && new HistoryIndex(person);
      const isTooLong = tooLong.has(profile);
      for (const audienceId of looks.get(profile) ?? []) {
        const audience = asked.tracked.get(audienceId);
        if (!audience) continue;
        if (isTooLong) {
          undecided.add(audienceId);
          continue;
        }
        changes.push(...changesOf(audience, profile, history?.with(audience.parts), heardOf.get(profile) ?? [], asked));
      }
    }
  }
  return { changes: await withMessageIds(eventStore, changes, signal), undecided };
}

/** Messages that were dated later than they came in have no name at hand: few, and read when their time has come. */
async function withMessageIds(
  eventStore: EventStore,
  changes: readonly FoundChange[],
  signal: AbortSignal,
): Promise<NewChange[]> {
  const unnamed = changes.filter(({ arrival }) => arrival !== undefined);
  const names = new Map<number, string>();
  if (unnamed.length > 0) {
    const profiles = param.uint32s([...new Set(unnamed.map(({ profile }) => profile))]);
    const arrivals = join(
      unnamed.map(({ arrival }) => sql`${param.uint64(arrival ?? 0)}`),
      sql`, `,
    );
    const rows = await eventStore.query(
      sql`SELECT arrival, message_id AS messageId FROM messages WHERE profile IN ${profiles} AND arrival IN (${arrivals})`,
      nameRow,
      { signal },
    );
    for (const row of rows) names.set(row.arrival, row.messageId);
  }
  return changes.map(({ arrival, ...change }) =>
    arrival === undefined ? change : { ...change, messageId: names.get(arrival) ?? "" },
  );
}

function changesOf(
  audience: TrackedAudience,
  profile: number,
  person: Person | undefined,
  messages: readonly HeardMessage[],
  asked: Asked,
): FoundChange[] {
  const { heard, context, to } = asked;
  const audienceId = audience.id;
  const member = asked.isMember(audienceId, profile);
  if (!person) return member ? [{ audienceId, profile, entered: false, at: to, ...goneBy(profile, heard) }] : [];
  const isIdentified = heard.identified.has(profile);
  const relevant = messages.filter((message) => isIdentified || matters(audience, message));
  const from = Math.min(asked.completeTo(audienceId, profile), to);
  if (asked.onlyHeard(profile) && to - from <= shortMs) {
    const [only, ...others] = relevant;
    const isAlone = only !== undefined && others.length === 0 && only.timestamp > from && only.timestamp <= to;
    if (isAlone && !isIdentified && !asked.atMidnight && to - only.timestamp < audience.stillMs) {
      // Nothing but this message can have changed anything, and what it has changed is so still.
      if (evaluate(audience.definition, person, to, context) === member) return [];
      const { timestamp: at, messageId } = only;
      return [{ audienceId, profile, at, entered: !member, cause: "message", messageId }];
    }
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

type Cause = Pick<FoundChange, "cause" | "messageId" | "arrival">;

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
  if (now) return { cause: "message", messageId: now.messageId };
  const dated = person.messages.findLast(({ timestamp, arrival }) => timestamp === at && arrival >= 0);
  return dated ? { cause: "message", messageId: "", arrival: dated.arrival } : { cause: "moment", messageId: "" };
}
