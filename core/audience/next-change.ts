import type { AccountNode, AudienceDefinition } from "./definition";
import { type EvaluationContext, evaluate, nodeHolds } from "./evaluate";
import { accountEdges } from "./next-change/account-edges";
import { leafEdges } from "./next-change/leaf-edges";
import { accountNodesOf, type Leaf, leavesOf } from "./next-change/leaves";
import { relevantFrom } from "./next-change/relevant";
import { rollingCount } from "./next-change/rolling-count";
import type { Person } from "./person";

/** The last moment that has four digits for its year. */
const lastMoment = Date.UTC(10_000, 0, 1) - 1;

/** How many messages may be looked at in all before the search is given up: a second or two of work. */
const affordable = 3_000_000;

/** After so many it is time for others to have their turn: some milliseconds of work. */
const atATime = 20_000;

/**
 * The first moment after `now` and up to `until` (milliseconds since the epoch) at which the answer for a person changes without
 * any new message; null when it does at none, by default of those before the year 10000. Messages of the person that are dated
 * later than `now` arrive when their time comes, so `person` must hold them. Undefined for a history too long to try each moment of.
 */
export function nextChangeAt(
  definition: AudienceDefinition,
  person: Person,
  now: number,
  context: EvaluationContext,
  until = lastMoment,
): number | null | undefined {
  const search = findingNextChange(definition, person, { now, until }, context);
  let step = search.next();
  while (!step.done) step = search.next();
  return step.value;
}

/** After `now`, and up to `until`. */
interface Stretch {
  now: number;
  until?: number;
}

/** The same, bit by bit. */
export function* findingNextChange(
  definition: AudienceDefinition,
  person: Person,
  { now, until = lastMoment }: Stretch,
  context: EvaluationContext,
): Generator<void, number | null | undefined> {
  const stretch = { now, until };
  const conditions = [];
  for (const leaf of leavesOf(definition, context.audiences)) {
    conditions.push(watch(leaf, person, stretch, context));
    yield;
  }
  for (const node of accountNodesOf(definition, context.audiences)) {
    conditions.push(watchAccounts(node, person, stretch, context));
    yield;
  }
  const moments = new Set(conditions.flatMap(({ moments: own }) => [...own]).concat(firstArrival(person, stretch)));
  if (moments.size === 0) return null;
  const before = evaluate(definition, person, now, context);
  yield;
  let looked = 0;
  let rested = 0;
  for (const moment of Float64Array.from(moments).sort()) {
    const asked = conditions.filter((condition) => condition.mayTurnAt(moment));
    const turned = asked.filter((condition) => condition.turnsAt(moment)).length > 0;
    const arrives = person.messages[0]?.timestamp === moment;
    looked += asked.reduce((sum, { cost }) => sum + cost, turned ? person.messages.length : 0);
    if (looked > affordable) return undefined;
    if ((turned || arrives) && evaluate(definition, person, moment, context) !== before) return moment;
    if (looked - rested > atATime) {
      rested = looked;
      yield;
    }
  }
  return null;
}

/** One condition along time: whether its answer at a moment differs from the one before. Moments are asked in order. */
function watch(leaf: Leaf, person: Person, stretch: Required<Stretch>, context: EvaluationContext) {
  const { now } = stretch;
  const messages = relevantFrom(now, leaf, person.messages);
  const { timeZone } = context;
  const own = momentsWithin(leafEdges(leaf, { messages, now, timeZone }), stretch);
  // A funnel may be asked of a group that is an audience, which turns at moments of its own.
  const mayTurn = own.size > 0 || leaf.kind === "funnel";
  const rolling = mayTurn && leaf.kind === "event" ? rollingCount(leaf, messages, timeZone) : undefined;
  const holdsAt = (moment: number) =>
    rolling ? rolling(moment) : nodeHolds(leaf, { ...person, messages }, moment, context);
  let held = mayTurn && holdsAt(now);
  return {
    moments: own,
    cost: rolling ? 20 : messages.length,
    mayTurnAt: (moment: number) => leaf.kind === "funnel" || own.has(moment),
    turnsAt(moment: number): boolean {
      const holds = holdsAt(moment);
      const turns = holds !== held;
      held = holds;
      return turns;
    },
  };
}

/** The same of a condition on the person's accounts. */
function watchAccounts(node: AccountNode, person: Person, stretch: Required<Stretch>, context: EvaluationContext) {
  const { now } = stretch;
  const own = momentsWithin(accountEdges(node, person, { now, ...context }), stretch);
  const others = (person.memberships ?? []).flatMap(({ account }) => account.people.map((member) => member.person));
  let held = nodeHolds(node, person, now, context);
  return {
    moments: own,
    cost: others.reduce((sum, { messages }) => sum + messages.length, 20),
    mayTurnAt: (moment: number) => own.has(moment),
    turnsAt(moment: number): boolean {
      const holds = nodeHolds(node, person, moment, context);
      const turns = holds !== held;
      held = holds;
      return turns;
    },
  };
}

/** Nobody is a candidate before their first message. */
function firstArrival({ messages }: Person, { now, until }: Required<Stretch>): number[] {
  const [first] = messages;
  return first && first.timestamp > now && first.timestamp <= until ? [first.timestamp] : [];
}

/** An edge is a moment that still counts or the first that does: what changes there changes at it or right after. */
function momentsWithin(edges: readonly number[], { now, until }: Required<Stretch>): Set<number> {
  const moments = new Set<number>();
  for (const edge of edges) {
    for (const moment of [Math.ceil(edge), Math.floor(edge) + 1]) {
      if (moment > now && moment <= until) moments.add(moment);
    }
  }
  return moments;
}
