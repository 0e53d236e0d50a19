import { join, Sql, sql } from "@/server/event-store/sql";
import { number, type PeriodRead, periodRows } from "./period-rows";

interface Leaf {
  readonly name: Sql;
  readonly n: number;
  readonly isNew: boolean;
}

/**
 * The sets of people that a statement needs, each a bitmap over UInt32 under a name of its own. Leaves are read from tables,
 * side by side, and become the columns of one row; all else is made of them by expressions. A set asked for twice is
 * computed once. (The engine writes a scalar out at every place that names it, and plans each: so leaves are no scalars.)
 */
export class Sets {
  readonly #leaves = new Map<string, Omit<Leaf, "isNew">>();
  /** Statements of rows of `n`, the number of a leaf, and `people`; all that they say of one leaf is put together. */
  readonly #rows: Sql[] = [];
  readonly #periods: PeriodRead[] = [];
  readonly #values = new Map<string, Sql>();
  readonly #expressions = new Map<string, Sql>();
  readonly #definitions: Sql[] = [];

  /** The name of a leaf; `rows` gives statements of rows of `n` and `people` (a groupBitmap state) that name no other set. */
  leaf(key: string, rows: (n: number) => readonly Sql[]): Sql {
    const { name, n, isNew } = this.openLeaf(key);
    if (isNew) for (const statement of rows(n)) this.read(statement);
    return name;
  }

  /** The name of the set that a scalar subquery answers, which names no other set. */
  named(key: string, set: () => Sql): Sql {
    return this.leaf(key, (n) => [sql`SELECT ${number(n)} AS n, ${set()} AS people`]);
  }

  /** A leaf whose rows are still to be `read`, if it is new: for several that come of one statement. */
  openLeaf(key: string): Leaf {
    const known = this.#leaves.get(key);
    if (known) return { ...known, isNew: false };
    const n = this.#leaves.size + 1;
    const leaf = { name: new Sql([`leaf_${n}`]), n };
    this.#leaves.set(key, leaf);
    return { ...leaf, isNew: true };
  }

  /** Adds a statement of rows of `n` and `people` to what the leaves are read from. */
  read(rows: Sql): void {
    this.#rows.push(rows);
  }

  /** Adds to a leaf what some periods of an event hold. */
  readPeriods(read: PeriodRead): void {
    this.#periods.push(read);
  }

  /** The name of a value that the rows of leaves may name: a short scalar subquery, for it stands at each of its places. */
  value(key: string, value: () => Sql): Sql {
    const known = this.#values.get(key);
    if (known) return known;
    const definition = value();
    const name = new Sql([`value_${this.#values.size + 1}`]);
    this.#values.set(key, name);
    this.#definitions.push(sql`${definition} AS ${name}`);
    return name;
  }

  /** Those in both of two named sets. */
  and(left: Sql, right: Sql): Sql {
    return this.#expression(sql`bitmapAnd(${left}, ${right})`);
  }

  /** Those in either. */
  or(left: Sql, right: Sql): Sql {
    return this.#expression(sql`bitmapOr(${left}, ${right})`);
  }

  /** Those in the first and not in the second. */
  without(left: Sql, right: Sql): Sql {
    return this.#expression(sql`bitmapAndnot(${left}, ${right})`);
  }

  /** The statement that answers one row of these columns, which may name every set given out so far. */
  select(columns: Sql): Sql {
    const definitions = this.#definitions.length === 0 ? sql`` : sql`WITH ${join(this.#definitions)} `;
    if (this.#leaves.size === 0) return sql`${definitions}SELECT ${columns}`;
    const rows = [...this.#rows];
    if (this.#periods.length > 0) rows.push(periodRows(this.#periods));
    // A leaf without rows is empty, and needs some row to be it of.
    if (rows.length === 0) rows.push(sql`SELECT 0 AS n, groupBitmapState(toUInt32(0)) AS people`);
    const leaves = [...this.#leaves.values()].map(
      ({ name, n }) => sql`groupBitmapMergeStateIf(people, n = ${number(n)}) AS ${name}`,
    );
    return sql`${definitions}SELECT ${columns} FROM (SELECT ${join(leaves)} FROM (${join(rows, sql` UNION ALL `)}))`;
  }

  /** An expression of named sets says itself what it means. */
  #expression(set: Sql): Sql {
    const key = set.parts.join("");
    const known = this.#expressions.get(key);
    if (known) return known;
    const name = new Sql([`set_${this.#expressions.size + 1}`]);
    this.#expressions.set(key, name);
    this.#definitions.push(sql`${set} AS ${name}`);
    return name;
  }
}
