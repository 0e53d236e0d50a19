import type { DeliveryItem, ForwardedEvent, Outcome, SyncTarget } from "../destination";
import { inTurn } from "../in-turn";
import { pieces } from "../pieces";
import { changeRow, changeTables, messageRow, messageTables, type WarehouseRow, type WarehouseTable } from "./tables";

/** Adds rows to a table; one outcome for each. */
export type AddRows = (table: WarehouseTable, rows: readonly WarehouseRow[]) => Promise<readonly Outcome[]>;

interface Limits {
  readonly count: number;
  readonly bytes: number;
}

function partsOf<Item>(
  items: readonly Item[],
  table: WarehouseTable,
  rowOf: (item: Item) => WarehouseRow,
  limits: Limits,
  add: AddRows,
) {
  return pieces(items, rowOf, limits).map((piece) => ({
    items: piece,
    halve: true,
    send: (some: readonly Item[]) => add(table, some.map(rowOf)),
  }));
}

/** Writes changes into the tables of entering and leaving. */
export function addChanges(
  items: readonly DeliveryItem[],
  target: SyncTarget<unknown>,
  now: Date,
  limits: Limits,
  add: AddRows,
): Promise<Outcome[]> {
  const rowOf = (item: DeliveryItem) => changeRow(item, target, now);
  const parts = (["exited", "entered"] as const).flatMap((change) =>
    partsOf(
      items.filter((item) => item.change === change),
      changeTables[change],
      rowOf,
      limits,
      add,
    ),
  );
  return inTurn(items, parts);
}

/** Writes messages into the tables of their kinds. `ensure` makes a table that is not there. */
export async function addMessages(
  events: readonly ForwardedEvent[],
  now: Date,
  limits: Limits,
  { add, ensure }: { add: AddRows; ensure(table: WarehouseTable): Promise<void> },
): Promise<Outcome[]> {
  const types = [...new Set(events.map(({ type }) => type))];
  for (const type of types) await ensure(messageTables[type]);
  const parts = types.flatMap((type) =>
    partsOf(
      events.filter((event) => event.type === type),
      messageTables[type],
      (event) => messageRow(event, now),
      limits,
      add,
    ),
  );
  return inTurn(events, parts);
}
