import { isReservedTrait, type TraitNode } from "@/core/audience/filter";
import { holds, isNegative, type Moment, positiveOf } from "@/core/audience/operators";
import { parseJson } from "@/core/event/json";
import { bitmapLiteral } from "@/server/event-store/bitmap";
import { PeopleBits } from "@/server/event-store/people-bits";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { positivePredicate } from "./filter";
import { number } from "./period-rows";
import { peopleSeen } from "./seen";
import { mergedPeople, type PeopleSet, type SetReader, statePeople } from "./set-reader";
import { leaf, leafOf } from "./sets";
import { order, traitRelation } from "./trait-relation";
import { existsPredicate } from "./window";

/**
 * The set of the people for whom the trait's last value at `now` fits its operator, or the operator that it negates.
 * Whoever never had the trait is not among them.
 */
export function peopleWithTrait(node: TraitNode, moment: Moment): PeopleSet {
  const seen = node.trait === "$first_seen" || node.trait === "$last_seen" ? peopleSeen(node, moment) : undefined;
  if (seen) return seen;
  const key = `trait:${traitKey(node, moment)}`;
  if (!isReservedTrait(node.trait) && !node.trait.includes(".")) {
    return leaf(key, (reader) => new PlainTrait(node, moment, reader).people());
  }
  return leafOf(key, () => {
    const { rows, located } = traitRelation(node.trait, moment);
    return sql`SELECT ${statePeople} FROM (${rows}) WHERE ${positivePredicate(node, located, moment)}`;
  });
}

/** What a set of `peopleWithTrait` is named by: the same for an operator and its negation. */
export function traitKey({ op, heldFor: _, ...rest }: TraitNode, { now }: Moment): string {
  return `${positiveOf(op)}:${now}:${JSON.stringify(rest)}`;
}

/** More values than this are not worth going through one by one. */
const fewValues = 2_000;
/** More people than this are not worth naming: all are gone through. */
const fewPeople = 20_000;

/** Who has had a value that fits, and who one that does not. */
interface Kinds {
  fitting: PeopleBits;
  other: PeopleBits;
}

/**
 * Most people have had but one value that matters: all of theirs fit, or none does. Only for those who have had both kinds
 * is the last one looked for, which costs several times as much for each row.
 */
class PlainTrait {
  constructor(
    private readonly node: TraitNode,
    private readonly moment: Moment,
    private readonly reader: SetReader,
  ) {}

  async people(): Promise<PeopleBits> {
    const { fitting, other } = (await this.#kindsByValue()) ?? (await this.#kindsByPerson());
    const both = fitting.and(other);
    if (both.count === 0) return fitting;
    return fitting.without(other).or(await this.#lastFits(both));
  }

  /** Decided value by value; undefined where there are too many, or some were set after `now`. */
  async #kindsByValue(): Promise<Kinds | undefined> {
    const values = sql`trait_values WHERE trait = ${param.string(this.node.trait)}`;
    const [counted] = await this.reader.rows(
      sql`SELECT toUInt32(count()) AS rows FROM (SELECT 1 FROM ${values} LIMIT ${number(fewValues + 1)})`,
    );
    if (counted === undefined || counted.view("rows", "UInt32").getUint32(0, true) > fewValues) return undefined;
    const blocks = await this.reader.rows(
      sql`SELECT value, toUInt64(toUnixTimestamp64Milli(max(last_at))) AS last, ${mergedPeople} FROM ${values} GROUP BY value`,
    );
    const fitting: Uint8Array[] = [];
    const other: Uint8Array[] = [];
    for (const block of blocks) {
      const texts = block.texts("value");
      const states = block.texts("people");
      for (let row = 0; row < block.rows; row += 1) {
        if (block.view("last", "UInt64").getBigUint64(row * 8, true) > BigInt(Math.max(0, this.moment.now)))
          return undefined;
        (this.#valueFits(texts.at(row)) ? fitting : other).push(states.bytes(row));
      }
    }
    return { fitting: PeopleBits.ofStates(fitting), other: PeopleBits.ofStates(other) };
  }

  #valueFits(text: string): boolean {
    const value = parseJson(text);
    return holds(this.node, [value], this.moment) !== isNegative(this.node.op);
  }

  async #kindsByPerson(): Promise<Kinds> {
    const blocks = await this.reader.rows(
      sql`SELECT toUInt8(fits) AS fits, ${statePeople} FROM (SELECT profile, ${this.#fits} AS fits ${this.#changes}) GROUP BY fits`,
    );
    const kinds: Kinds = { fitting: PeopleBits.none, other: PeopleBits.none };
    for (const block of blocks) {
      const states = block.texts("people");
      for (let row = 0; row < block.rows; row += 1) {
        const kind = block.view("fits", "UInt8").getUint8(row) === 1 ? "fitting" : "other";
        kinds[kind] = PeopleBits.ofStates([states.bytes(row)]);
      }
    }
    return kinds;
  }

  /** Of these people those whose last value fits. */
  async #lastFits(people: PeopleBits): Promise<PeopleBits> {
    const among = people.count <= fewPeople ? sql` AND bitmapContains(${bitmapLiteral(people)}, profile)` : sql``;
    const found = await this.reader.states(
      sql`SELECT ${statePeople} FROM (
        SELECT profile, argMax(value, ${order}) AS value ${this.#changes}${among} GROUP BY profile
      ) WHERE ${this.#fits}`,
    );
    return found.and(people);
  }

  get #fits(): Sql {
    return positivePredicate(this.node, { kind: "one", piece: sql`value` }, this.moment);
  }

  get #changes(): Sql {
    return sql`FROM trait_changes WHERE trait = ${param.string(this.node.trait)} AND ${existsPredicate(this.moment)}`;
  }
}
