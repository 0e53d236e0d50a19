import { assertNever } from "../../errors";
import type { AudienceTree } from "../definition";
import type { DescribeContext } from "./describe-context";
import { nodePhrases } from "./describe-node";
import { stepsOf } from "./event-phrases";
import { absence, type Phrase, spaced, words } from "./phrase";

/** One line of a definition that is set as a list. Its phrases have the spaces between them. */
export interface DefinitionLine {
  depth: number;
  joiner: "who" | "and" | "or" | "";
  phrases: Phrase[];
}

/** A definition as sentences to be read, one a line, groups above what they hold. */
export function definitionLines(root: AudienceTree, context: DescribeContext): DefinitionLine[] {
  const lines = root.kind === "all" ? linesOfAll(root.conditions, 0, context) : linesOf(root, 0, "who", context);
  return lines.map((line, index) => (index === 0 ? { ...line, joiner: "who" } : line));
}

function linesOfAll(conditions: readonly AudienceTree[], depth: number, context: DescribeContext): DefinitionLine[] {
  return conditions.flatMap((condition, index) => linesOf(condition, depth, index === 0 ? "" : "and", context));
}

function linesOf(
  node: AudienceTree,
  depth: number,
  joiner: DefinitionLine["joiner"],
  context: DescribeContext,
): DefinitionLine[] {
  const line = (...phrases: Phrase[]): DefinitionLine => ({ depth, joiner, phrases: spaced(phrases) });
  switch (node.kind) {
    case "all":
      return [line(words("all of")), ...linesOfAll(node.conditions, depth + 1, context)];
    case "any":
      return [
        line(words("any of")),
        ...node.conditions.flatMap((child, index) => linesOf(child, depth + 1, index === 0 ? "" : "or", context)),
      ];
    case "not":
      return [line(absence("not")), ...linesOf(node.condition, depth + 1, "", context)];
    case "sequence":
      return [
        line(words("in this order")),
        ...stepsOf(node, context).map(
          (step): DefinitionLine => ({ depth: depth + 1, joiner: "", phrases: spaced(step) }),
        ),
      ];
    case "event":
    case "trait":
    case "audience":
    case "funnel":
    case "account":
      return [line(...nodePhrases(node, context))];
    default:
      return assertNever(node);
  }
}
