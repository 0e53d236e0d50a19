import { assertNever } from "../errors";
import type {
  AccountTree,
  AudienceDefinition,
  AudienceTree,
  EventMatch,
  EventNode,
  EventWindow,
  SequenceNode,
  SequenceStep,
} from "./definition";

/**
 * The same definition without what means nothing: defaults that are written out, empty lists of filters, a `within` on
 * a first step. Two definitions of one normal form mean the same; the converse does not hold.
 */
export function normalForm({ root, includeAnonymous }: AudienceDefinition): AudienceDefinition {
  return { version: 1, root: normalNode(root), ...(includeAnonymous && { includeAnonymous }) };
}

function normalNode(node: AudienceTree): AudienceTree {
  switch (node.kind) {
    case "all":
    case "any":
      return { kind: node.kind, conditions: node.conditions.map(normalNode) };
    case "not":
      return { kind: "not", condition: normalNode(node.condition) };
    case "event":
      return normalEvent(node);
    case "sequence":
      return normalSequence(node);
    case "account":
      return { kind: "account", condition: normalAccount(node.condition) };
    case "trait":
    case "audience":
    case "funnel":
      return withoutUndefined(node);
    default:
      return assertNever(node);
  }
}

function normalAccount(node: AccountTree): AccountTree {
  switch (node.kind) {
    case "all":
    case "any":
      return { kind: node.kind, conditions: node.conditions.map(normalAccount) };
    case "not":
      return { kind: "not", condition: normalAccount(node.condition) };
    case "person":
      return { kind: "person", condition: normalNode(node.condition) };
    case "trait":
      return withoutUndefined(node);
    default:
      return assertNever(node);
  }
}

function normalEvent(node: EventNode): EventNode {
  const { window, count, aggregate } = node;
  const { occurrence, where, then } = normalOccurrence(node);
  return {
    kind: "event",
    ...normalMatch({ ...node, where }),
    ...windowUnlessEver(window),
    ...(occurrence !== "any" && { occurrence }),
    ...(then && then.length > 0 && { then }),
    ...normalCount(count),
    ...(aggregate && { aggregate }),
  };
}

/** An event that is picked among those that fit no filter is picked among all, and then asked what `then` asks. */
function normalOccurrence({ occurrence = "any", where = [], then }: EventNode): Pick<EventNode, "where" | "then"> & {
  occurrence: NonNullable<EventNode["occurrence"]>;
} {
  const matching = occurrence === "first_matching" || occurrence === "last_matching";
  if (!matching || where.length > 0) return { occurrence, where, then };
  return { occurrence: occurrence === "first_matching" ? "first" : "last", where: then };
}

function normalCount(count: EventNode["count"]): Pick<EventNode, "count"> {
  if (!count || (count.op === "at_least" && count.value === 1)) return {};
  return { count: count.op === "at_most" && count.value === 0 ? { op: "exactly", value: 0 } : count };
}

function normalSequence({ steps, window, thenNot }: SequenceNode): SequenceNode {
  return {
    kind: "sequence",
    steps: steps.map((step, index) => ({ ...normalMatch(step), ...(index > 0 && normalWithin(step)) })),
    ...windowUnlessEver(window),
    ...(thenNot && { thenNot: { ...normalMatch(thenNot), ...(thenNot.within && { within: thenNot.within }) } }),
  };
}

function normalWithin({ within }: SequenceStep): Pick<SequenceStep, "within"> {
  if (!within) return {};
  const { amount, unit, of } = within;
  return { within: { amount, unit, ...(of === "first" && { of }) } };
}

function windowUnlessEver(window: EventWindow | undefined): { window?: EventWindow } {
  if (!window || window.kind === "ever") return {};
  if (window.kind !== "after" || window.anchor === "first_seen" || "trait" in window.anchor) return { window };
  return { window: { ...window, anchor: { ...normalMatch(window.anchor), event: window.anchor.event } } };
}

function normalMatch({ event, type, where }: EventMatch): EventMatch {
  return {
    ...(event !== undefined && { event }),
    ...(type !== undefined && !(type === "track" && event !== undefined) && { type }),
    ...(where && where.length > 0 && { where }),
  };
}

function withoutUndefined<Node extends object>(node: Node): Node {
  const copy = { ...node };
  for (const key of Object.keys(copy)) if (Reflect.get(copy, key) === undefined) Reflect.deleteProperty(copy, key);
  return copy;
}
