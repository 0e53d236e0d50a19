import { type Duration, durationMs } from "../duration";
import { AppError, assertNever } from "../errors";
import { dateOf } from "./date";
import {
  type AudienceDefinition,
  type AudienceTree,
  type EventMatch,
  type EventNode,
  type EventWindow,
  maxDepth,
  maxLeaves,
  type WindowAnchor,
} from "./definition";
import { type Comparison, isReservedTrait, operatorsByOperand, type TraitNode } from "./filter";
import { type AudiencesById, checkReferences } from "./references";

export interface ValidationContext {
  /** IANA name of the workspace's zone. */
  timeZone: string;
  audiences: AudiencesById;
  /** The id under which the definition is saved, when it is. */
  self?: string;
  /** Where the definition stands in what was sent; paths of errors start with it. */
  at?: string;
}

/** Throws `invalid`, with the path, for what the shape of a definition alone does not tell to be wrong. */
export function validateDefinition(definition: AudienceDefinition, context: ValidationContext): void {
  const { timeZone, audiences, self, at = "definition" } = context;
  let leaves = 0;
  visit(definition.root, `${at}.root`, 1);
  checkReferences(definition, audiences, { self, at: `${at}.root` });

  function visit(node: AudienceTree, path: string, depth: number): void {
    if (depth > maxDepth) throw invalid(`Conditions can be nested ${maxDepth} levels deep at most.`, path);
    switch (node.kind) {
      case "all":
      case "any":
        for (const [index, child] of node.conditions.entries()) visit(child, `${path}.conditions[${index}]`, depth + 1);
        break;
      case "not":
        visit(node.condition, `${path}.condition`, depth + 1);
        break;
      case "event":
        countLeaf(path);
        checkEvent(node, path, timeZone);
        break;
      case "trait":
        countLeaf(path);
        checkOperand(node, `${path}.value`, timeZone);
        checkHeldFor(node, path);
        break;
      case "sequence":
        countLeaf(path);
        for (const [index, step] of node.steps.entries()) checkWhere(step, `${path}.steps[${index}]`, timeZone);
        if (node.thenNot) checkWhere(node.thenNot, `${path}.thenNot`, timeZone);
        checkWindow(node.window, `${path}.window`, timeZone);
        break;
      case "audience":
        countLeaf(path);
        break;
      default:
        assertNever(node);
    }
  }

  function countLeaf(path: string): void {
    leaves += 1;
    if (leaves > maxLeaves) throw invalid(`An audience can have ${maxLeaves} conditions at most.`, path);
  }
}

function checkEvent(node: EventNode, path: string, timeZone: string): void {
  const { occurrence = "any", then, aggregate, count } = node;
  checkWhere(node, path, timeZone);
  checkWindow(node.window, `${path}.window`, timeZone);
  if (aggregate && count) throw invalid("Use “count” or “aggregate”, not both.", `${path}.aggregate`);
  if (!then) return;
  if (occurrence !== "first_matching" && occurrence !== "last_matching") {
    throw invalid(
      "“then” needs the occurrence “first_matching” or “last_matching”: it is asked of the event that they pick.",
      `${path}.then`,
    );
  }
  for (const [index, filter] of then.entries()) checkOperand(filter, `${path}.then[${index}].value`, timeZone);
}

function checkHeldFor({ trait, op, heldFor }: TraitNode, path: string): void {
  if (!heldFor) return;
  if (isReservedTrait(trait)) throw invalid(`“heldFor” cannot be asked of “${trait}”.`, `${path}.heldFor`);
  if (operatorsByOperand.duration.some((relative) => relative === op)) {
    throw invalid(`“heldFor” cannot be asked together with “${op}”, which moves with time itself.`, `${path}.heldFor`);
  }
}

/** Throws `invalid` for a filter that is compared with text that is no date. */
export function checkWhere({ where = [] }: EventMatch, path: string, timeZone: string): void {
  for (const [index, filter] of where.entries()) checkOperand(filter, `${path}.where[${index}].value`, timeZone);
}

/** Throws `invalid` for a window that nothing could fall in, and for text that is no date. */
export function checkWindow(window: EventWindow | undefined, path: string, timeZone: string): void {
  if (!window) return;
  switch (window.kind) {
    case "ever":
    case "last":
    case "before_last":
    case "calendar":
      return;
    case "between_ago":
      if (!isLonger(window.from, window.to)) {
        throw invalid("“from” must be longer ago than “to”.", `${path}.from`);
      }
      return;
    case "since":
    case "before":
      dateAt(window.at, `${path}.at`, timeZone);
      return;
    case "range":
      if (dateAt(window.from, `${path}.from`, timeZone) >= dateAt(window.to, `${path}.to`, timeZone)) {
        throw invalid("“to” must be later than “from”.", `${path}.to`);
      }
      return;
    case "after":
      checkAnchor(window.anchor, `${path}.anchor`, timeZone);
      return;
    default:
      assertNever(window);
  }
}

function checkAnchor(anchor: WindowAnchor, path: string, timeZone: string): void {
  if (anchor === "first_seen") return;
  if (!("trait" in anchor)) checkWhere(anchor, path, timeZone);
  else if (anchor.trait === "$user_id" || anchor.trait === "$anonymous_id") {
    throw invalid(`“${anchor.trait}” is no date that a window could start from.`, `${path}.trait`);
  }
}

function checkOperand(comparison: Comparison, path: string, timeZone: string): void {
  if (comparison.op === "before" || comparison.op === "after") dateAt(comparison.value, path, timeZone);
}

function isLonger(one: Duration, other: Duration): boolean {
  return durationMs(one) > durationMs(other);
}

function dateAt(value: string | number, path: string, timeZone: string): number {
  const date = dateOf(value, timeZone);
  if (date === undefined) {
    throw invalid(`“${value}” is not a date. Write it as 2026-11-23 or 2026-11-23T14:30:00Z.`, path);
  }
  return date;
}

function invalid(message: string, path: string): AppError {
  return new AppError("invalid", message, path);
}
