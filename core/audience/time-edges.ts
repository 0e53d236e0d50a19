import { durationMs } from "../duration";
import { eventTypes, type HistoryMessage } from "../event/message";
import type { AudienceDefinition, EventMatch, EventNode, EventWindow, FunnelNode, SequenceNode } from "./definition";
import type { TraitNode } from "./filter";
import { matchedTypes } from "./match-event";
import { isRelative } from "./next-change/filter-edges";
import { type Leaf, leavesOf } from "./next-change/leaves";
import { keysOfTrait, matchesOf } from "./next-change/relevant";
import type { AudiencesById } from "./references";

/**
 * What can change the answer of a definition by time alone, for whichever person: so many milliseconds after an event of a
 * name, after a change of a trait, or after a person's first message, and the millisecond after; at a midnight of the zone; or
 * at moments that stand in the contents of messages, which nobody knows without reading them.
 */
export type TimeEdge =
  | { of: "event"; types: readonly HistoryMessage["type"][]; event: string | null; afterMs: number }
  | { of: "trait"; keys: readonly string[]; afterMs: number }
  | { of: "first-message"; afterMs: number }
  | { of: "midnight" }
  | { of: "contents" };

/** Every edge of a definition, those of the audiences that it refers to among them; several may be the same. */
export function timeEdges(definition: AudienceDefinition, audiences: AudiencesById): TimeEdge[] {
  return leavesOf(definition, audiences).flatMap((leaf) => [...contentsEdges(leaf), ...ownEdges(leaf)]);
}

/** Filters that move with time are asked of dates among the properties. */
function contentsEdges(leaf: Leaf): TimeEdge[] {
  const filters = matchesOf(leaf).flatMap(({ where = [] }) => where);
  const then = leaf.kind === "event" ? (leaf.then ?? []) : [];
  return [...filters, ...then].some(isRelative) ? [{ of: "contents" }] : [];
}

function ownEdges(leaf: Leaf): TimeEdge[] {
  switch (leaf.kind) {
    case "event":
      return windowEdges(leaf, leaf.window);
    case "sequence":
      return sequenceEdges(leaf);
    case "funnel":
      return funnelEdges(leaf);
    default:
      return traitEdges(leaf);
  }
}

function after(match: EventMatch, afterMs: number): TimeEdge {
  return { of: "event", types: matchedTypes(match), event: match.event ?? null, afterMs };
}

function windowEdges(match: EventMatch | EventNode, window: EventWindow | undefined): TimeEdge[] {
  switch (window?.kind) {
    case "last":
    case "before_last":
      return [after(match, durationMs(window))];
    case "between_ago":
      return [after(match, durationMs(window.from)), after(match, durationMs(window.to))];
    case "calendar":
      return [{ of: "midnight" }];
    default:
      return [];
  }
}

function sequenceEdges({ steps, window, thenNot }: SequenceNode): TimeEdge[] {
  const [first, last] = [steps[0], steps.at(-1)];
  return [
    ...(first ? windowEdges(first, window) : []),
    ...(last && thenNot?.within ? [after(last, durationMs(thenNot.within))] : []),
  ];
}

/** What has happened stays as it is, but for who still has time. */
function funnelEdges({ funnel: { steps, window }, pending }: FunnelNode): TimeEdge[] {
  return pending && window ? steps.map((step) => after(step, durationMs(window))) : [];
}

function traitEdges(node: TraitNode): TimeEdge[] {
  const { trait, heldFor } = node;
  const held: TimeEdge[] = heldFor
    ? [
        { of: "trait", keys: keysOfTrait(trait), afterMs: durationMs(heldFor) },
        { of: "first-message", afterMs: durationMs(heldFor) },
      ]
    : [];
  if (!isRelative(node) || !("value" in node)) return held;
  if (trait !== "$first_seen" && trait !== "$last_seen") return [...held, { of: "contents" }];
  const { value } = node;
  if (typeof value !== "object" || Array.isArray(value) || !("unit" in value)) return held;
  const any = { types: eventTypes, event: null };
  return [0, durationMs(value)].map((afterMs): TimeEdge => ({ of: "event", ...any, afterMs }));
}
