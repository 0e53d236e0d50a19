import type { AccountNode, AccountTree } from "@/core/audience/definition";
import { assertNever } from "@/core/errors";

/** The figures of one condition on an account, each as what an account has to fit for its people to be counted. */
export interface AccountFigures {
  path: string;
  /** The condition alone. */
  count: AccountTree;
  /** In an `all`: it and those before it, on one account. */
  left?: AccountTree;
  /** In an `any`: it or one before it, and one before it; the latter is absent of the first. */
  adds?: { withIt: AccountTree; before: AccountTree | undefined };
}

/**
 * What each condition within a condition on accounts does. Whatever the same account has to fit before a group of them has to
 * hold as well, for what is left and what is added.
 */
export function accountFigures({ condition }: AccountNode, path: string): AccountFigures[] {
  const at = `${path}.condition`;
  // A lone condition is what is left of itself.
  if (condition.kind !== "all" && condition.kind !== "any") return nested(condition, at, [], { left: condition });
  return innerFigures(condition, at, []);
}

function nested(
  node: AccountTree,
  path: string,
  before: readonly AccountTree[],
  own: Pick<AccountFigures, "left" | "adds"> = {},
): AccountFigures[] {
  return [{ path, count: node, ...own }, ...innerFigures(node, path, before)];
}

function innerFigures(node: AccountTree, path: string, before: readonly AccountTree[]): AccountFigures[] {
  switch (node.kind) {
    case "all":
      return node.conditions.flatMap((child, index) => {
        const above = [...before, ...node.conditions.slice(0, index)];
        return nested(child, `${path}.conditions[${index}]`, above, { left: all([...above, child]) });
      });
    case "any":
      return node.conditions.flatMap((child, index) => {
        const some = (count: number) => all([...before, { kind: "any", conditions: node.conditions.slice(0, count) }]);
        const adds = { withIt: some(index + 1), before: index === 0 ? undefined : some(index) };
        return nested(child, `${path}.conditions[${index}]`, before, { adds });
      });
    case "not":
      return nested(node.condition, `${path}.condition`, before);
    case "trait":
    case "person":
      return [];
    default:
      return assertNever(node);
  }
}

function all(conditions: AccountTree[]): AccountTree {
  return { kind: "all", conditions };
}
