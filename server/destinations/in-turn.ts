import { DeliveryError } from "./delivery-error";
import type { Outcome } from "./destination";

/** Some items of a batch that go out together. */
export interface Part<Item> {
  readonly items: readonly Item[];
  /** One outcome for each item, in their order. */
  send(items: readonly Item[]): Promise<readonly Outcome[]>;
  /** A refusal of several is looked into by halves, so that only those at fault are given up. */
  readonly halve?: boolean;
}

export const delivered: Outcome = { result: "delivered" };

/**
 * Sends parts one after the other and answers an outcome for each of `all`; an item that is in several parts goes on to the
 * next one as long as it is delivered. A part that is refused for its content gives up its own items. Any other fault ends it: thrown
 * where nothing was sent before, else told as `retry` by what is left.
 */
export async function inTurn<Item>(all: readonly Item[], parts: readonly Part<Item>[]): Promise<Outcome[]> {
  const outcomes = new Map<Item, Outcome>();
  const settle = (item: Item, outcome: Outcome) => {
    const before = outcomes.get(item);
    if (before === undefined || before.result === "delivered") outcomes.set(item, outcome);
  };
  const waiting = [...parts];
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const { send, halve } = part;
    const items = part.items.filter((item) => (outcomes.get(item) ?? delivered).result === "delivered");
    if (items.length === 0) continue;
    try {
      const answered = await send(items);
      items.forEach((item, index) => {
        settle(item, answered[index] ?? { result: "retry", reason: "Nothing was said of this one." });
      });
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      if (error.fault === "invalid") {
        if (halve === true && items.length > 1) {
          const middle = Math.ceil(items.length / 2);
          waiting.unshift({ ...part, items: items.slice(0, middle) }, { ...part, items: items.slice(middle) });
        } else {
          for (const item of items) settle(item, { result: "gave_up", reason: error.message });
        }
        continue;
      }
      if (outcomes.size === 0) throw error;
      const { message: reason, retryAfterMs: afterMs } = error;
      for (const left of [part, ...waiting]) {
        for (const item of left.items) settle(item, { result: "retry", reason, afterMs, heldUp: true });
      }
      break;
    }
  }
  return all.map((item) => outcomes.get(item) ?? delivered);
}

/** One request for each item, in order. */
export function oneByOne<Item>(items: readonly Item[], sendOne: (item: Item) => Promise<Outcome>): Promise<Outcome[]> {
  return inTurn(
    items,
    items.map((item) => ({ items: [item], send: async () => [await sendOne(item)] })),
  );
}
