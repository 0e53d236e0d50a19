import type { HistoryMessage } from "@/core/event/message";
import type { PersonLists } from "@/core/funnel/person-lists";

/** One person's messages, a list in Order for each step, as they are told from the store. */
export function personLists(lists: readonly (readonly HistoryMessage[])[]): PersonLists {
  return {
    times: lists.map((list) => Float64Array.from(list, ({ timestamp }) => timestamp)),
    arrivals: lists.map((list) => Float64Array.from(list, ({ arrival }) => arrival)),
    from: new Uint32Array(lists.length),
    to: Uint32Array.from(lists, ({ length }) => length),
  };
}
