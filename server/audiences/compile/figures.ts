import type { ConditionCount } from "@/core/api/audiences";
import type { AudienceTree } from "@/core/audience/definition";
import { join, type Sql, sql } from "@/server/event-store/sql";
import type { CompiledAudience } from "./compile";

/** The figures of one node, as expressions of whole numbers. */
interface NodeFigures {
  path: string;
  count: Sql;
  left?: Sql;
  adds?: Sql;
}

/**
 * What each condition does: the people for whom it alone holds, those left after it in an `all`, those that it adds to
 * an `any`. The last two are of the people who arrive at the group: whom the conditions before the group left.
 */
export function nodeFigures(root: AudienceTree, compiled: CompiledAudience): NodeFigures[] {
  return figuresOf(root, "root", compiled.candidates, compiled);
}

function figuresOf(node: AudienceTree, path: string, arriving: Sql, compiled: CompiledAudience): NodeFigures[] {
  const own: NodeFigures = { path, count: sql`bitmapCardinality(${compiled.node(node)})` };
  switch (node.kind) {
    case "all": {
      let left = arriving;
      const children = node.conditions.flatMap((child, index) => {
        const before = left;
        left = compiled.sets.and(before, compiled.node(child));
        const [first, ...inner] = figuresOf(child, `${path}.conditions[${index}]`, before, compiled);
        return first ? [{ ...first, left: sql`bitmapCardinality(${left})` }, ...inner] : [];
      });
      return [own, ...children];
    }
    case "any": {
      let out = arriving;
      const children = node.conditions.flatMap((child, index) => {
        const adds = sql`bitmapAndCardinality(${out}, ${compiled.node(child)})`;
        out = compiled.sets.without(out, compiled.node(child));
        const [first, ...inner] = figuresOf(child, `${path}.conditions[${index}]`, arriving, compiled);
        return first ? [{ ...first, adds }, ...inner] : [];
      });
      return [own, ...children];
    }
    case "not":
      return [own, ...figuresOf(node.condition, `${path}.condition`, arriving, compiled)];
    default:
      return [own];
  }
}

/** The figures as one array of numbers, in the order in which `readFigures` takes them. */
export function figuresArray(figures: readonly NodeFigures[]): Sql {
  const numbers = figures.flatMap(({ count, left, adds }) =>
    [count, left, adds].filter((figure) => figure !== undefined),
  );
  return sql`CAST([${join(numbers)}], 'Array(UInt64)')`;
}

export function readFigures(figures: readonly NodeFigures[], numbers: readonly number[]): ConditionCount[] {
  const next = numbers[Symbol.iterator]();
  const take = () => next.next().value ?? 0;
  return figures.map(({ path, left, adds }) => ({
    path,
    count: take(),
    ...(left && { left: take() }),
    ...(adds && { adds: take() }),
  }));
}
