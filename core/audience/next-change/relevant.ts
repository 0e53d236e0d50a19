import type { HistoryMessage } from "../../event/message";
import type { EventMatch, EventWindow } from "../definition";
import { isReservedTrait } from "../filter";
import { matchedTypes } from "../match-event";
import type { Leaf } from "./leaves";

/** Whether a message is of the name and type that a match asks for, whatever its filters say. */
export function isNamed(match: EventMatch, { type, event }: HistoryMessage): boolean {
  return matchedTypes(match).includes(type) && (match.event === undefined || match.event === event);
}

/** Every match that a condition picks events by, those of its window's anchor among them. */
export function matchesOf(leaf: Leaf): EventMatch[] {
  switch (leaf.kind) {
    case "event":
      return [leaf, ...anchorMatches(leaf.window)];
    case "funnel": {
      const { steps, exclude = [], order } = leaf.funnel;
      return [...steps, ...exclude, ...(order === "strict" ? [{}] : [])];
    }
    case "sequence":
      return [...leaf.steps, ...(leaf.thenNot ? [leaf.thenNot] : []), ...anchorMatches(leaf.window)];
    default:
      return isEventTrait(leaf.trait) ? [{}] : [];
  }
}

function anchorMatches(window: EventWindow | undefined): EventMatch[] {
  if (window?.kind !== "after") return [];
  if (window.anchor === "first_seen") return [{}];
  if ("trait" in window.anchor) return isEventTrait(window.anchor.trait) ? [{}] : [];
  return [window.anchor];
}

function isEventTrait(trait: string): boolean {
  return trait === "$first_seen" || trait === "$last_seen";
}

/** The trait, set by identify, that a condition looks at or starts its window from. */
export function traitOfLeaf(leaf: Leaf): string | undefined {
  if (leaf.kind === "trait") return isReservedTrait(leaf.trait) ? undefined : leaf.trait;
  if (leaf.kind === "funnel") {
    const { breakdown } = leaf.funnel;
    return breakdown && "trait" in breakdown ? breakdown.trait : undefined;
  }
  const { window } = leaf;
  if (window?.kind !== "after" || window.anchor === "first_seen" || !("trait" in window.anchor)) return undefined;
  return isReservedTrait(window.anchor.trait) ? undefined : window.anchor.trait;
}

/** The keys by which an identify can change what stands at a trait's path. */
export function keysOfTrait(trait: string): string[] {
  return [trait, ...trait.split(".").slice(0, 1)];
}

/** Of `relevantMessages` those that can make one from `now` on: of all events so far, the last one alone is the last. */
export function relevantFrom(now: number, leaf: Leaf, messages: readonly HistoryMessage[]): readonly HistoryMessage[] {
  const relevant = relevantMessages(leaf, messages);
  if (leaf.kind !== "trait" || leaf.trait !== "$last_seen") return relevant;
  const last = relevant.findLastIndex((message) => message.timestamp <= now && isNamed({}, message));
  return relevant.filter(({ timestamp }, index) => index === 0 || index === last || timestamp > now);
}

/** The messages that can make a difference to one condition, and the person's first, since when absence is held. */
export function relevantMessages(leaf: Leaf, messages: readonly HistoryMessage[]): readonly HistoryMessage[] {
  // Its group may be that of a trait of the person, or of another audience with conditions of its own.
  if (leaf.kind === "funnel" && leaf.funnel.breakdown) return messages;
  const matches = matchesOf(leaf);
  const trait = traitOfLeaf(leaf);
  const keys = trait === undefined ? [] : keysOfTrait(trait);
  return messages.filter(
    (message, index) =>
      index === 0 ||
      (message.type === "identify" && keys.some((key) => Object.hasOwn(message.properties, key))) ||
      matches.some((match) => isNamed(match, message)),
  );
}
