import type { AudienceTree } from "@/core/audience/definition";
import { highestBit } from "@/core/funnel/bits";
import { compileAudience } from "@/server/audiences/compile/compile";
import { eventPredicate } from "@/server/audiences/compile/event";
import { bitmapText } from "@/server/event-store/bitmap";
import type { EventStore, QueryOptions } from "@/server/event-store/event-store";
import { join, param, type Sql, sql } from "@/server/event-store/sql";
import { type FunnelQuery, type NamedEvents, namedEvents } from "./funnel-query";

/** Events to read, and of whom. */
export interface WantedEvents {
  match: NamedEvents["match"];
  /** A bitmap as text, of the only people whose events matter; undefined where that is nearly everybody. */
  people: string | undefined;
}

export interface WhoMatters {
  /** The people who are counted, as bits by their numbers. */
  counted: Uint8Array;
  /** One more than the highest of their numbers; 0 when nobody is counted. */
  end: number;
  wanted: WantedEvents[];
  /** How many events there are of the names that are looked at. */
  events: number;
}

/** Where at least this share of those counted remains, reading the others as well costs less than leaving them out. */
const nearlyEverybody = 0.85;

/**
 * Finds who is counted, and for each of the events that a funnel looks at whom they can matter to. That is told by what
 * people ever did, which is kept at hand; who then really got how far is for their chains to say.
 */
export async function whoMatters(
  eventStore: EventStore,
  query: FunnelQuery,
  options: QueryOptions,
): Promise<WhoMatters> {
  const { rules, plans, context, counted, includeAnonymous } = query;
  const [plan] = plans;
  if (!plan) throw new Error("A funnel is asked for at least one range");
  const root: AudienceTree = { kind: "all", conditions: [...counted] };
  const compiled = compileAudience({ version: 1, root: everybodyIf(root), includeAnonymous }, context);
  const events = namedEvents(rules, plan);
  const groups = [...new Map(events.map((named) => [keyOf(named), named])).values()];
  const sets = groups.map((named) =>
    compiled.sets.and(compiled.members, compiled.node(everybodyIf({ kind: "all", conditions: conditionsOf(named) }))),
  );
  function conditionsOf({ after, beyondFirst }: NamedEvents): AudienceTree[] {
    const did = (step: number): AudienceTree => {
      const { event, type } = rules.steps[step] ?? {};
      return { kind: "event", event, type };
    };
    const next = plan?.next[0] ?? 0;
    return [
      ...bitsOf(after).map(did),
      ...(beyondFirst && next !== 0 ? [{ kind: "any" as const, conditions: bitsOf(next).map(did) }] : []),
    ];
  }
  const named = join(
    events.map(({ match }) => eventPredicate(match, context)),
    sql` OR `,
  );
  const everyone = compiled.members;
  const texts = sets.map(
    (set) =>
      sql`if(bitmapCardinality(${set}) < ${param.float64(nearlyEverybody)} * bitmapCardinality(${everyone}), ${bitmapText(set)}, '')`,
  );
  const statement = compiled.sets.select(
    sql`bitmapToArray(${everyone}) AS counted, toUInt64(ifNull((SELECT count() FROM messages WHERE ${named}), 0)) AS events,
      arrayStringConcat([${join(texts)}], ' ') AS people`,
  );
  return readAnswer(eventStore, statement, events, groups, options);
}

async function readAnswer(
  eventStore: EventStore,
  statement: Sql,
  events: readonly NamedEvents[],
  groups: readonly NamedEvents[],
  options: QueryOptions,
): Promise<WhoMatters> {
  for await (const block of eventStore.streamBlocks(statement, options)) {
    const numbers = block.lists("counted")[0] ?? new Uint32Array(0);
    const end = numbers.reduce((highest, number) => Math.max(highest, number + 1), 0);
    const counted = new Uint8Array((end >> 3) + 1);
    for (const number of numbers) counted[number >> 3] = (counted[number >> 3] ?? 0) | (1 << (number & 7));
    const texts = (block.texts("people")[0] ?? "").split(" ");
    const textOf = new Map(groups.map((group, index) => [keyOf(group), texts[index] || undefined]));
    return {
      counted,
      end,
      wanted: events.map((event) => ({ match: event.match, people: textOf.get(keyOf(event)) })),
      events: Number(block.numbers("events")[0] ?? 0),
    };
  }
  throw new Error("An answer of one row had none");
}

function keyOf({ after, beyondFirst }: NamedEvents): string {
  return `${after}:${beyondFirst}`;
}

function bitsOf(set: number): number[] {
  const bits: number[] = [];
  for (let rest = set; rest !== 0; rest ^= 1 << highestBit(rest)) bits.unshift(highestBit(rest));
  return bits;
}

/** A group of no conditions holds for everybody. */
function everybodyIf(group: Extract<AudienceTree, { kind: "all" }>): AudienceTree {
  if (group.conditions.length > 0) return group;
  return { kind: "event", count: { op: "at_least", value: 0 } };
}
