import { join, Sql, sql } from "@/server/event-store/sql";

/**
 * The sets of people that a statement needs, each a bitmap over UInt32 under a name of its own: a scalar subquery, or
 * an expression of sets named before. A set asked for twice is computed once, and stands in the text once.
 */
export class Sets {
  readonly #names = new Map<string, Sql>();
  readonly #definitions: Sql[] = [];

  /** The name of a set. `key` says what it means: two fragments of one key are the same set. */
  named(key: string, set: () => Sql): Sql {
    const known = this.#names.get(key);
    if (known) return known;
    const definition = set();
    const name = new Sql([`set_${this.#names.size}`]);
    this.#names.set(key, name);
    this.#definitions.push(sql`${definition} AS ${name}`);
    return name;
  }

  /** Those in both of two named sets. */
  and(left: Sql, right: Sql): Sql {
    return this.expression(sql`bitmapAnd(${left}, ${right})`);
  }

  /** Those in either. */
  or(left: Sql, right: Sql): Sql {
    return this.expression(sql`bitmapOr(${left}, ${right})`);
  }

  /** Those in the first and not in the second. */
  without(left: Sql, right: Sql): Sql {
    return this.expression(sql`bitmapAndnot(${left}, ${right})`);
  }

  /** An expression of named sets says itself what it means. */
  private expression(set: Sql): Sql {
    return this.named(set.parts.join(""), () => set);
  }

  /** The WITH clause that defines every name given out so far. */
  clause(): Sql {
    return this.#definitions.length === 0 ? sql`` : sql`WITH ${join(this.#definitions)} `;
  }
}
