import type { NativeBlock } from "@/server/event-store/native";
import { PeopleBits } from "@/server/event-store/people-bits";
import type { QueryOptions } from "@/server/event-store/query-options";
import { type BlockReader, renderLiteral, type Sql, sql } from "@/server/event-store/sql";
import { beginPiece, statementWeight } from "@/server/progress/progress";
import { type PeriodPeople, type PeriodRead, periodRows, readPeriodRows } from "./period-rows";

/**
 * A set of people that is still to be found. Leaves are read from the event store, each by short statements of its own that run
 * side by side and are kept until the next write; what is made of them is computed in this process, a bit for each person.
 * (One statement for all of it would take the engine longer to plan than all of its parts take to run.)
 */
export type PeopleSet = Leaf | Combined;

interface Leaf {
  readonly kind: "leaf";
  /** What is asked, so that it is found once in a definition, or in several of one moment. */
  readonly key: string;
  find(reader: SetReader): Promise<PeopleBits>;
}

interface Combined {
  readonly kind: "and" | "or" | "without";
  readonly left: PeopleSet;
  readonly right: PeopleSet;
}

type Options = Pick<QueryOptions, "signal" | "settings">;

/** Statements of one call that run at a time; others have their turn between them. */
const atOnce = 4;

/** The people of the rows behind it, as a column that `SetReader.states` reads. */
export const statePeople: Sql = sql`CAST(groupBitmapState(profile), 'String') AS people`;

/** The same of rows of `people` that are states. */
export const mergedPeople: Sql = sql`CAST(groupBitmapMergeState(people), 'String') AS people`;

/** Finds sets that are of one moment, each leaf once. */
export class SetReader {
  readonly #leaves = new Map<string, Promise<PeopleBits>>();
  readonly #combined = new Map<PeopleSet, Promise<PeopleBits>>();
  readonly #rows = new Map<string, Promise<NativeBlock[]>>();
  readonly #periods: { read: PeriodRead; resolve(rows: Promise<PeriodPeople | undefined>): void }[] = [];
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(
    readonly store: BlockReader,
    readonly options: Options,
  ) {}

  people(set: PeopleSet): Promise<PeopleBits> {
    const known = set.kind === "leaf" ? this.#leaves.get(set.key) : this.#combined.get(set);
    if (known) return known;
    if (set.kind === "leaf") {
      const found = set.find(this);
      this.#leaves.set(set.key, found);
      return found;
    }
    const combined = Promise.all([this.people(set.left), this.people(set.right)]).then(([left, right]) =>
      left[set.kind](right),
    );
    this.#combined.set(set, combined);
    return combined;
  }

  /** Everybody in the column `people` of a statement's rows: states as `statePeople` and `mergedPeople` write them. */
  async states(statement: Sql): Promise<PeopleBits> {
    return PeopleBits.ofStates(statesOf(await this.rows(statement)));
  }

  /** The answer of a statement; the same statement is asked once. */
  rows(statement: Sql): Promise<NativeBlock[]> {
    const text = statement.parts.every((part) => typeof part === "string" || "literal" in part)
      ? renderLiteral(statement)
      : undefined;
    const known = text === undefined ? undefined : this.#rows.get(text);
    if (known) return known;
    const tellDone = beginPiece(statementWeight);
    const rows = this.#inTurn(() => this.store.kept(statement, this.options)).finally(() => tellDone(1));
    if (text !== undefined) this.#rows.set(text, rows);
    return rows;
  }

  /** Who did an event in some periods; undefined where nobody did. What is asked for at the same time is read at once. */
  periods(read: PeriodRead): Promise<PeriodPeople | undefined> {
    if (this.#periods.length === 0) queueMicrotask(() => this.#readPeriods());
    return new Promise((resolve) => this.#periods.push({ read, resolve }));
  }

  #readPeriods(): void {
    const asked = this.#periods.splice(0);
    const found = this.rows(periodRows(asked.map(({ read }) => read))).then(readPeriodRows);
    for (const [n, { resolve }] of asked.entries()) resolve(found.then((rows) => rows.get(n)));
  }

  async #inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    if (this.#running >= atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}

function statesOf(blocks: readonly NativeBlock[]): Uint8Array[] {
  return blocks.flatMap((block) => {
    const states = block.texts("people");
    return Array.from({ length: states.length }, (_, row) => states.bytes(row));
  });
}

/** The people of several sets of one moment, in their order. Errors: `timed_out`, `cancelled`, `unavailable`. */
export function readSets(store: BlockReader, sets: readonly PeopleSet[], options: Options = {}): Promise<PeopleBits[]> {
  const reader = new SetReader(store, options);
  return Promise.all(sets.map((set) => reader.people(set)));
}
