import type { FunnelEntry, FunnelOrder } from "./rules";

export const orderWords = {
  ordered: "in this order",
  strict: "directly after one another",
  unordered: "in any order",
} as const satisfies Record<FunnelOrder, string>;

export const entryWords = {
  any: "every start",
  first: "the first start only",
} as const satisfies Record<FunnelEntry, string>;
