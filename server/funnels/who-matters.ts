import type { AudienceTree } from "@/core/audience/definition";
import { highestBit } from "@/core/funnel/bits";
import { type CompiledAudience, compileAudience } from "@/server/audiences/compile/compile";
import { eventPredicate } from "@/server/audiences/compile/event";
import { readSets } from "@/server/audiences/compile/set-reader";
import { and } from "@/server/audiences/compile/sets";
import { bitmapTextOf } from "@/server/event-store/bitmap";
import type { QueryOptions } from "@/server/event-store/event-store";
import type { BlockReader } from "@/server/event-store/sql";
import { join, sql } from "@/server/event-store/sql";
import { type FunnelQuery, namedEvents, nameOf } from "./funnel-query";

export interface WhoMatters {
  /** The people who are counted, as bits by their numbers. */
  counted: Uint8Array;
  /** One more than the highest of their numbers; 0 when nobody is counted. */
  end: number;
  /** A bitmap as text of those who may get past the first step; undefined where that is nearly everybody. */
  beyond: string | undefined;
  /** How many events there are of the names that are looked at. */
  events: number;
}

/** Where at least this share of those counted remains, reading the others as well costs less than leaving them out. */
const nearlyEverybody = 0.9;

/**
 * Finds who is counted, and who of them may get past the first step: that is told by what people ever did, which is kept at
 * hand. Who then really got how far is for their chains to say.
 */
export async function whoMatters(store: BlockReader, query: FunnelQuery, options: QueryOptions): Promise<WhoMatters> {
  const { rules, context, counted, includeAnonymous } = query;
  const compiled = compileAudience({ version: 1, root: all(counted), includeAnonymous }, context);
  const { ofEverybody, ofThoseBeyond } = namedEvents(rules);
  const names = [...ofEverybody, ...ofThoseBeyond].map((match) => eventPredicate(match, context));
  const furtherOn = peopleFurtherOn(query, compiled);
  const [[members, further], [block]] = await Promise.all([
    readSets(store, [compiled.members, ...(furtherOn ? [furtherOn] : [])], options),
    store.kept(sql`SELECT toUInt64(count()) AS events FROM messages WHERE ${join(names, sql` OR `)}`, options),
  ]);
  const numbers = members?.numbers() ?? new Uint32Array(0);
  const end = (numbers.at(-1) ?? -1) + 1;
  const leavesOut = further !== undefined && further.count < nearlyEverybody * numbers.length;
  const bits = new Uint8Array((end >> 3) + 1);
  for (const number of numbers) bits[number >> 3] = (bits[number >> 3] ?? 0) | (1 << (number & 7));
  return {
    counted: bits,
    end,
    beyond: leavesOut ? bitmapTextOf(further.numbers()) : undefined,
    events: Number(block?.view("events", "UInt64").getBigUint64(0, true) ?? 0n),
  };
}

/** Those of the people counted who did the first step and one that may be next, at any time; undefined where that is not asked. */
function peopleFurtherOn({ rules, plans: [plan] }: FunnelQuery, { members, node }: CompiledAudience) {
  const next = bitsOf(plan.next[0] ?? 0);
  if (next.length === 0 || rules.order === "unordered") return undefined;
  const did = (step: number): AudienceTree => ({ kind: "event", ...nameOf(rules.steps[step] ?? {}) });
  return and(members, node(all([did(0), { kind: "any", conditions: next.map(did) }])));
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
