import type { AudienceDefinition, AudienceTree, EventNode } from "@/core/audience/definition";
import type { EventFilter } from "@/core/audience/filter";
import { assertNever } from "@/core/errors";
import type { AudienceDraft, DraftFilter, DraftRow, EventChoice } from "./draft";
import { RowIds } from "./row-ids";

/** The draft that shows a stored definition, with ids given from 1. Every kind of node has a row. */
export function fromDefinition(definition: AudienceDefinition): AudienceDraft {
  const ids = new RowIds(1);
  const { root } = definition;
  const nodes = root.kind === "all" ? root.conditions : [root];
  const rows = nodes.map((node) => rowOf(node, ids));
  return { includeAnonymous: definition.includeAnonymous ?? false, rows, nextId: ids.next };
}

function rowOf(node: AudienceTree, ids: RowIds): DraftRow {
  const id = ids.take();
  switch (node.kind) {
    case "all":
    case "any":
      return { kind: "group", id, mode: node.kind, rows: node.conditions.map((child) => rowOf(child, ids)) };
    case "not":
      return negatedRow(node.condition, id, ids);
    case "event":
      return eventRow(node, id, ids);
    case "trait":
      return { kind: "trait", id, trait: node.trait, op: node.op, value: enteredValue(node) };
    case "sequence":
      return { kind: "sequence", id, negated: false, node };
    case "audience":
      return { kind: "audience", id, audienceId: node.audienceId, member: node.member };
    default:
      return assertNever(node);
  }
}

function negatedRow(node: AudienceTree, id: string, ids: RowIds): DraftRow {
  switch (node.kind) {
    case "sequence":
      return { kind: "sequence", id, negated: true, node };
    case "audience":
      return { kind: "audience", id, audienceId: node.audienceId, member: !node.member };
    case "any":
    case "all":
      return {
        kind: "group",
        id,
        mode: node.kind === "any" ? "none" : "notAll",
        rows: node.conditions.map((child) => rowOf(child, ids)),
      };
    default:
      return { kind: "group", id, mode: "none", rows: [rowOf(node, ids)] };
  }
}

function eventRow(node: EventNode, id: string, ids: RowIds): DraftRow {
  return {
    kind: "event",
    id,
    choice: choiceOf(node.event),
    type: node.type,
    where: (node.where ?? []).map((filter) => filterOf(filter, ids)),
    count: node.count ?? { op: "at_least", value: 1 },
    window: node.window ?? { kind: "ever" },
  };
}

function choiceOf(event: string | undefined): EventChoice {
  return event === undefined ? { kind: "any" } : { kind: "named", event };
}

function filterOf(filter: EventFilter, ids: RowIds): DraftFilter {
  const target =
    "property" in filter
      ? { of: "property" as const, path: filter.property }
      : { of: "context" as const, path: filter.context };
  return { id: ids.take(), ...target, op: filter.op, value: enteredValue(filter) };
}

function enteredValue(comparison: object): unknown {
  return "value" in comparison ? comparison.value : null;
}
