import type { AudienceTree, EventMatch } from "@/core/audience/definition";
import { highestBit } from "@/core/funnel/bits";
import { compileAudience } from "@/server/audiences/compile/compile";
import { eventPredicate } from "@/server/audiences/compile/event";
import { readSets } from "@/server/audiences/compile/set-reader";
import { and } from "@/server/audiences/compile/sets";
import { estimatedRows } from "@/server/audiences/event-lists/estimated-rows";
import { bitmapTextOf } from "@/server/event-store/bitmap";
import { PeopleBits } from "@/server/event-store/people-bits";
import type { QueryOptions } from "@/server/event-store/query-options";
import { type BlockReader, join, sql } from "@/server/event-store/sql";
import type { WhoseEvents } from "./event-rows";
import { type FunnelQuery, namedEvents, nameOf } from "./funnel-query";

export interface WhoMatters {
  /** The people who are counted. */
  counted: PeopleBits;
  /** Whose events are read. */
  whose: WhoseEvents;
  /** About how many events there are of the names that are looked at. */
  events: number;
  /** How many there are of the name of the first step, and of how many people. */
  starts: number;
  starters: number;
}

/** Where at least this share of the people remains, reading the others as well costs less than leaving them out. */
const nearlyEverybody = 0.5;

/** Of a funnel whose events are held in memory nobody's need be read. */
export async function whoIsCounted(
  store: BlockReader,
  { context, counted, includeAnonymous }: FunnelQuery,
  { signal }: QueryOptions,
): Promise<Pick<WhoMatters, "counted" | "whose">> {
  const { members } = compileAudience({ version: 1, root: all(counted), includeAnonymous }, context);
  const [people = PeopleBits.none] = await readSets(store, [members], { signal });
  return { counted: people, whose: { counted: undefined, beyond: undefined } };
}

/**
 * Finds who is counted, and who of them may get past the first step: that is told by what people ever did, which is kept at
 * hand. Who then really got how far is for their chains to say.
 */
export async function whoMatters(store: BlockReader, query: FunnelQuery, options: QueryOptions): Promise<WhoMatters> {
  const { rules, context, counted, includeAnonymous } = query;
  const { members, candidates, node } = compileAudience({ version: 1, root: all(counted), includeAnonymous }, context);
  const { ofEverybody, ofThoseBeyond } = namedEvents(rules);
  const names = [...ofEverybody, ...ofThoseBeyond].map((match) => eventPredicate(match, context));
  const [first = {}] = rules.steps;
  const beyond = beyondFirst(query);
  const sets = [members, candidates, node(didOf(first)), ...(beyond ? [and(members, node(beyond))] : [])];
  const { signal } = options;
  const [
    [people = PeopleBits.none, everybody = PeopleBits.none, starters = PeopleBits.none, further],
    [begun],
    events,
  ] = await Promise.all([
    readSets(store, sets, { signal }),
    store.kept(sql`SELECT count() AS starts FROM messages WHERE ${eventPredicate(nameOf(first), context)}`, { signal }),
    estimatedRows(store, join(names, sql` OR `), { signal }),
  ]);
  return {
    counted: people,
    whose: { counted: fewAsText(people, everybody), beyond: further && fewAsText(further, people) },
    events,
    starts: Number(begun?.view("starts", "UInt64").getBigUint64(0, true) ?? 0n),
    starters: starters.count,
  };
}

/** Undefined where a first step is all that anybody needs. */
function beyondFirst({ rules, plans: [plan] }: FunnelQuery): AudienceTree | undefined {
  const next = bitsOf(plan.next[0] ?? 0);
  if (next.length === 0 || rules.order === "unordered") return undefined;
  const did = (step: number) => didOf(rules.steps[step] ?? {});
  return all([did(0), { kind: "any", conditions: next.map(did) }]);
}

function didOf(match: EventMatch): AudienceTree {
  return { kind: "event", ...nameOf(match) };
}

/** The text of a bitmap; undefined where it would leave out hardly anybody. */
function fewAsText(people: PeopleBits, among: PeopleBits): string | undefined {
  return people.count < nearlyEverybody * among.count ? bitmapTextOf(people) : undefined;
}

function bitsOf(set: number): number[] {
  const bits: number[] = [];
  for (let rest = set; rest !== 0; rest ^= 1 << highestBit(rest)) bits.push(highestBit(rest));
  return bits;
}

/** A group; one without conditions holds for everybody. */
function all(conditions: readonly AudienceTree[]): AudienceTree {
  if (conditions.length > 0) return { kind: "all", conditions: [...conditions] };
  return { kind: "event", count: { op: "at_least", value: 0 } };
}
