import { durationMs } from "../../duration";
import type { HistoryMessage } from "../../event/message";
import type { EventMatch, EventNode, FunnelNode, SequenceNode } from "../definition";
import { occurringEvents } from "../event-node";
import type { TraitNode } from "../filter";
import { valuesAt } from "../value";
import { comparisonEdges, filterEdges, isRelative } from "./filter-edges";
import type { Leaf } from "./leaves";
import { isNamed, matchesOf } from "./relevant";
import { windowEdges } from "./window-edges";

/** What a condition is asked of: the messages that matter to it, those still to come among them, in Order. */
interface Asked {
  messages: readonly HistoryMessage[];
  now: number;
  timeZone: string;
}

/**
 * The moments around which a condition's answer for one person may change by itself: it changes at none but these and the
 * millisecond after. Every one is an edge of something: an event leaves a window, a date comes to lie in the past, a
 * time that was left runs out, a message that is dated later arrives.
 */
export function leafEdges(leaf: Leaf, asked: Asked): number[] {
  const { messages, now } = asked;
  const arrivals = messages.flatMap(({ timestamp }) => (timestamp > now ? [timestamp] : []));
  const filters = matchesOf(leaf).flatMap((match) => matchFilterEdges(match, asked));
  return [...arrivals, ...filters, ...ownEdges(leaf, asked)];
}

function ownEdges(leaf: Leaf, asked: Asked): number[] {
  switch (leaf.kind) {
    case "event":
      return eventEdges(leaf, asked);
    case "sequence":
      return sequenceEdges(leaf, asked);
    case "funnel":
      return funnelEdges(leaf, asked);
    default:
      return traitEdges(leaf, asked);
  }
}

function matchFilterEdges(match: EventMatch, { messages, timeZone }: Asked): number[] {
  if (!(match.where ?? []).some(isRelative)) return [];
  return messages.flatMap((message) => (isNamed(match, message) ? filterEdges(match.where, message, timeZone) : []));
}

function eventEdges(node: EventNode, asked: Asked): number[] {
  const { messages, timeZone } = asked;
  const picked = messagesPicked(node, asked);
  const then = (node.then ?? []).some(isRelative)
    ? messages.flatMap((message) => (isNamed(node, message) ? filterEdges(node.then, message, timeZone) : []))
    : [];
  return [...then, ...picked.flatMap(({ timestamp }) => windowEdges(node.window, timestamp, timeZone))];
}

/** The events whose place in the window can matter: where one is picked for good, it alone and those still to come. */
function messagesPicked(node: EventNode, { messages, now, timeZone }: Asked): readonly HistoryMessage[] {
  if ((node.occurrence ?? "any") === "any" || (node.where ?? []).some(isRelative)) {
    return messages.filter((message) => isNamed(node, message));
  }
  const known = messages.filter(({ timestamp }) => timestamp <= now);
  const person = { userId: null, anonymousIds: [], messages };
  return [
    ...occurringEvents(node, { person, messages: known, moment: { now, timeZone } }),
    ...messages.filter((message) => message.timestamp > now && isNamed(node, message)),
  ];
}

function sequenceEdges({ steps, window, thenNot }: SequenceNode, { messages, timeZone }: Asked): number[] {
  const [first, last] = [steps[0], steps.at(-1)];
  const within = thenNot?.within;
  return messages.flatMap((message) => [
    ...(first && isNamed(first, message) ? windowEdges(window, message.timestamp, timeZone) : []),
    ...(within && last && isNamed(last, message) ? [message.timestamp + durationMs(within)] : []),
  ]);
}

/** What has happened stays as it is, but for who still has time. */
function funnelEdges({ funnel: { window }, pending }: FunnelNode, { messages }: Asked): number[] {
  return pending && window ? messages.map(({ timestamp }) => timestamp + durationMs(window)) : [];
}

function traitEdges(node: TraitNode, { messages, timeZone }: Asked): number[] {
  const { heldFor } = node;
  const held = heldFor ? messages.map(({ timestamp }) => timestamp + durationMs(heldFor)) : [];
  return [...held, ...messages.flatMap((message) => comparisonEdges(node, valuesOf(node.trait, message), timeZone))];
}

function valuesOf(trait: string, { type, timestamp, properties }: HistoryMessage) {
  if (trait === "$first_seen" || trait === "$last_seen") return [new Date(timestamp).toISOString()];
  return type === "identify" ? valuesAt(properties, trait) : [];
}
