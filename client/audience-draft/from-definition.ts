import type { AudienceDefinition, AudienceTree, EventNode, SequenceNode } from "@/core/audience/definition";
import { assertNever } from "@/core/errors";
import type { AudienceDraft, DraftRow, EventRow, SequenceRow } from "./draft";
import { accountGroup } from "./from-account";
import { enteredValue, filtersFrom, matchFrom, windowFrom } from "./match-from-definition";
import { RowIds } from "./row-ids";

/** The draft that shows a stored definition, with ids given from 1. Every kind of node has a row. */
export function fromDefinition(definition: AudienceDefinition): AudienceDraft {
  const ids = new RowIds(1);
  const { root } = definition;
  const nodes = root.kind === "all" ? root.conditions : [root];
  const rows = nodes.map((node) => rowOf(node, ids));
  return { includeAnonymous: definition.includeAnonymous ?? false, rows, nextId: ids.next };
}

function rowOf(node: AudienceTree, ids: RowIds, id = ids.take()): DraftRow {
  switch (node.kind) {
    case "all":
    case "any":
      return { kind: "group", id, mode: node.kind, rows: node.conditions.map((child) => rowOf(child, ids)) };
    case "not":
      return negatedRow(node.condition, id, ids);
    case "event":
      return eventRow(node, id, ids);
    case "trait":
      return {
        kind: "trait",
        id,
        trait: node.trait,
        op: node.op,
        value: enteredValue(node),
        heldFor: node.heldFor ?? null,
      };
    case "sequence":
      return sequenceRow(node, false, id, ids);
    case "audience":
      return { kind: "audience", id, audienceId: node.audienceId, member: node.member };
    case "funnel":
      return { kind: "funnel", id, node };
    case "account":
      return accountGroup(node, false, id, making(ids)) ?? { kind: "account", id, node };
    default:
      return assertNever(node);
  }
}

/** The row of a “not”, in the one form that the builder has for it. */
function negatedRow(node: AudienceTree, id: string, ids: RowIds): DraftRow {
  switch (node.kind) {
    case "not":
      return rowOf(node.condition, ids, id);
    case "sequence":
      return sequenceRow(node, true, id, ids);
    case "audience":
      return { kind: "audience", id, audienceId: node.audienceId, member: !node.member };
    case "any":
    case "all": {
      const [only, ...others] = node.conditions;
      if (only && others.length === 0) return negatedRow(only, id, ids);
      const mode = node.kind === "any" ? "none" : "notAll";
      return { kind: "group", id, mode, rows: node.conditions.map((child) => rowOf(child, ids)) };
    }
    case "account": {
      const group = accountGroup(node, true, id, making(ids));
      return group ?? { kind: "group", id, mode: "none", rows: [rowOf(node, ids)] };
    }
    default:
      return { kind: "group", id, mode: "none", rows: [rowOf(node, ids)] };
  }
}

function making(ids: RowIds) {
  return { rowOf: (node: AudienceTree) => rowOf(node, ids), takeId: () => ids.take() };
}

function eventRow(node: EventNode, id: string, ids: RowIds): EventRow {
  return {
    kind: "event",
    id,
    ...matchFrom(node, ids),
    window: windowFrom(node.window, ids),
    occurrence: node.occurrence ?? "any",
    pickedWhere: filtersFrom(node.then, ids),
    count: node.count ?? { op: "at_least", value: 1 },
    aggregate: node.aggregate ? { property: null, ...node.aggregate } : null,
  };
}

export function sequenceRow(node: SequenceNode, negated: boolean, id: string, ids: RowIds): SequenceRow {
  return {
    kind: "sequence",
    id,
    negated,
    steps: node.steps.map(({ within, ...match }) => ({
      id: ids.take(),
      ...matchFrom(match, ids),
      within: within ? { ...within, of: within.of ?? "previous" } : null,
    })),
    window: windowFrom(node.window, ids),
    thenNot: node.thenNot
      ? { id: ids.take(), ...matchFrom(node.thenNot, ids), within: node.thenNot.within ?? null }
      : null,
  };
}
