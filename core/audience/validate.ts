import { assertNever } from "../errors";
import { validateFigure, validateFunnelRules } from "../funnel/validate-rules";
import { groupIdTrait } from "./account-node";
import { checkOperand, checkWhere, checkWindow, invalid } from "./check-condition";
import {
  type AccountTree,
  type AudienceDefinition,
  type AudienceTree,
  type EventNode,
  maxDepth,
  maxLeaves,
} from "./definition";
import { isReservedTrait, operatorsByOperand, type TraitNode } from "./filter";
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
    checkDepth(depth, path);
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
      case "funnel":
        countLeaf(path);
        validateFunnelRules(node.funnel, { timeZone, audiences, at: `${path}.funnel` });
        validateFigure(node.funnel, node, `${path}.`);
        break;
      case "account":
        visitAccount(node.condition, `${path}.condition`, depth + 1);
        break;
      default:
        assertNever(node);
    }
  }

  function visitAccount(node: AccountTree, path: string, depth: number): void {
    checkDepth(depth, path);
    switch (node.kind) {
      case "all":
      case "any":
        for (const [index, child] of node.conditions.entries()) {
          visitAccount(child, `${path}.conditions[${index}]`, depth + 1);
        }
        break;
      case "not":
        visitAccount(node.condition, `${path}.condition`, depth + 1);
        break;
      case "trait":
        countLeaf(path);
        checkOperand(node, `${path}.value`, timeZone);
        checkAccountTrait(node, path);
        checkHeldFor(node, path);
        break;
      case "person":
        visit(node.condition, `${path}.condition`, depth + 1);
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

function checkDepth(depth: number, path: string): void {
  if (depth > maxDepth) throw invalid(`Conditions can be nested ${maxDepth} levels deep at most.`, path);
}

function checkAccountTrait({ trait, heldFor }: TraitNode, path: string): void {
  if (heldFor && trait === groupIdTrait) throw invalid(`“heldFor” cannot be asked of “${trait}”.`, `${path}.heldFor`);
  if (isReservedTrait(trait)) throw invalid(`“${trait}” is asked of people, not of accounts.`, `${path}.trait`);
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
