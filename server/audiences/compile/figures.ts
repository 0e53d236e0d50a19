import type { ConditionCount } from "@/core/api/audiences";
import type { AccountNode, AccountTree, AudienceTree } from "@/core/audience/definition";
import type { PeopleBits } from "@/server/event-store/people-bits";
import { accountFigures } from "./account-figures";
import type { CompiledAudience } from "./compile";
import type { PeopleSet } from "./set-reader";
import { and, without } from "./sets";

/** The figures of one node, as sets whose sizes they are. */
interface NodeFigures {
  path: string;
  count: PeopleSet;
  left?: PeopleSet;
  adds?: PeopleSet;
}

/**
 * What each condition does: the people for whom it alone holds, those left after it in an `all`, those that it adds to
 * an `any`. The last two are of the people who arrive at the group: whom the conditions before the group left.
 */
export function nodeFigures(root: AudienceTree, compiled: CompiledAudience): NodeFigures[] {
  return figuresOf(root, "root", compiled.candidates, compiled);
}

function figuresOf(node: AudienceTree, path: string, arriving: PeopleSet, compiled: CompiledAudience): NodeFigures[] {
  const own: NodeFigures = { path, count: compiled.node(node) };
  switch (node.kind) {
    case "all": {
      let left = arriving;
      const children = node.conditions.flatMap((child, index) => {
        const before = left;
        left = and(before, compiled.node(child));
        const [first, ...inner] = figuresOf(child, `${path}.conditions[${index}]`, before, compiled);
        return first ? [{ ...first, left }, ...inner] : [];
      });
      return [own, ...children];
    }
    case "any": {
      let out = arriving;
      const children = node.conditions.flatMap((child, index) => {
        const adds = and(out, compiled.node(child));
        out = without(out, compiled.node(child));
        const [first, ...inner] = figuresOf(child, `${path}.conditions[${index}]`, arriving, compiled);
        return first ? [{ ...first, adds }, ...inner] : [];
      });
      return [own, ...children];
    }
    case "not":
      return [own, ...figuresOf(node.condition, `${path}.condition`, arriving, compiled)];
    case "account":
      return [own, ...ofAccount(node, path, arriving, compiled)];
    default:
      return [own];
  }
}

/** Of conditions within one on accounts: people who belong to an account that fits so much of it. */
function ofAccount(node: AccountNode, path: string, arriving: PeopleSet, compiled: CompiledAudience): NodeFigures[] {
  const wanted = accountFigures(node, path);
  const trees = wanted.flatMap(({ count, left, adds }) => [count, left, adds?.withIt, adds?.before]);
  const asked = [...new Set(trees.filter((tree) => tree !== undefined))];
  const people = compiled.inAccounts(asked);
  const of = (tree: AccountTree) => people[asked.indexOf(tree)] ?? arriving;
  return wanted.map(({ path, count, left, adds }): NodeFigures => {
    const figures: NodeFigures = { path, count: of(count) };
    if (left) figures.left = and(arriving, of(left));
    if (adds) {
      const withIt = and(arriving, of(adds.withIt));
      figures.adds = adds.before ? without(withIt, of(adds.before)) : withIt;
    }
    return figures;
  });
}

/** The sets of figures in one list, in the order in which `readFigures` takes them. */
export function figuresSets(figures: readonly NodeFigures[]): PeopleSet[] {
  return figures.flatMap(({ count, left, adds }) => [count, left, adds].filter((set) => set !== undefined));
}

/** `scale`: how many people each one found stands for. */
export function readFigures(
  figures: readonly NodeFigures[],
  found: readonly PeopleBits[],
  scale = 1,
): ConditionCount[] {
  const next = found[Symbol.iterator]();
  const take = () => (next.next().value?.count ?? 0) * scale;
  return figures.map(({ path, left, adds }) => ({
    path,
    count: take(),
    ...(left && { left: take() }),
    ...(adds && { adds: take() }),
  }));
}
