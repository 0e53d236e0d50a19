import { expect, test } from "vitest";
import * as z from "zod";
import { audienceDefinition } from "@/core/audience/definition";
import { validateDefinition } from "@/core/audience/validate";
import { AppError } from "@/core/errors";
import { parseInput } from "@/core/parse-input";

const body = z.strictObject({ definition: audienceDefinition });

/** What a caller is told of a definition, as every endpoint that takes one tells it; undefined for one that is taken. */
function faultOf(root: unknown): { path: string | undefined; message: string } | undefined {
  try {
    const { definition } = parseInput(body, { definition: { version: 1, root } }, "The body");
    validateDefinition(definition, { timeZone: "Europe/Berlin", audiences: new Map() });
    return undefined;
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid") return { path: error.path, message: error.message };
    throw error;
  }
}

const event = (fields: object) => ({ kind: "event", event: "Paid", ...fields });
const after = (anchor: unknown) => event({ window: { kind: "after", anchor, amount: 1, unit: "day" } });
const held = (fields: object) => ({ kind: "trait", trait: "plan", heldFor: { amount: 1, unit: "week" }, ...fields });
const sum = { fn: "sum", property: "amount", op: "gt", value: 1 };
const root = "definition.root";

test.each<[string, unknown, string, RegExp]>([
  [
    "count and aggregate together",
    event({ count: { op: "at_least", value: 1 }, aggregate: sum }),
    `${root}.aggregate`,
    /not both/,
  ],
  [
    "a sum of nothing",
    event({ aggregate: { fn: "sum", op: "gt", value: 1 } }),
    `${root}.aggregate.property`,
    /missing/,
  ],
  [
    "different values of nothing",
    event({ aggregate: { fn: "distinct", op: "gt", value: 1 } }),
    `${root}.aggregate.property`,
    /missing/,
  ],
  [
    "days of a property",
    event({ aggregate: { ...sum, fn: "distinct_days" } }),
    `${root}.aggregate.property`,
    /property/,
  ],
  [
    "a figure that is not",
    event({ aggregate: { ...sum, fn: "median" } }),
    `${root}.aggregate.fn`,
    /must be one of sum, avg/,
  ],
  [
    "a comparison that is not",
    event({ aggregate: { ...sum, op: "at_least" } }),
    `${root}.aggregate.op`,
    /must be one of gt, gte/,
  ],
  [
    "a figure against words",
    event({ aggregate: { ...sum, value: "much" } }),
    `${root}.aggregate.value`,
    /must be a number/,
  ],
  [
    "a figure without a number",
    event({ aggregate: { fn: "sum", property: "n", op: "gt" } }),
    `${root}.aggregate.value`,
    /missing/,
  ],
  ["then without a pick", event({ then: [] }), `${root}.then`, /first_matching/],
  [
    "then of the first of all",
    event({ occurrence: "first", then: [{ property: "a", op: "exists" }] }),
    `${root}.then`,
    /first_matching/,
  ],
  [
    "an occurrence that is not",
    event({ occurrence: "second" }),
    `${root}.occurrence`,
    /must be one of any, first, last/,
  ],
  [
    "then against what is no date",
    event({ occurrence: "last_matching", then: [{ property: "a", op: "before", value: "x" }] }),
    `${root}.then[0].value`,
    /not a date/,
  ],
  [
    "a period that is not",
    event({ window: { kind: "calendar", period: "this_year" } }),
    `${root}.window.period`,
    /must be one of today/,
  ],
  ["a window kind that is not", event({ window: { kind: "during" } }), `${root}.window.kind`, /must be one of ever/],
  ["an anchor without a name", after({ type: "page" }), `${root}.window.anchor.event`, /missing/],
  ["an anchor that is not", after("last_seen"), `${root}.window.anchor`, /first_seen/],
  ["two anchors at once", after({ event: "A", trait: "b" }), `${root}.window.anchor.event`, /event/],
  ["an anchor that is no date", after({ trait: "$user_id" }), `${root}.window.anchor.trait`, /no date/],
  [
    "an anchor's filter",
    after({ event: "A", where: [{ property: "a", op: "after", value: "x" }] }),
    `${root}.window.anchor.where[0].value`,
    /not a date/,
  ],
  [
    "no time after an anchor",
    event({ window: { kind: "after", anchor: "first_seen" } }),
    `${root}.window.amount`,
    /missing/,
  ],
  [
    "a sequence's anchor",
    {
      kind: "sequence",
      steps: [{ event: "A" }, { event: "B" }],
      window: { kind: "after", anchor: { trait: "$anonymous_id" }, amount: 1, unit: "day" },
    },
    `${root}.window.anchor.trait`,
    /no date/,
  ],
  [
    "a relative date that is held",
    held({ op: "within_last", value: { amount: 1, unit: "day" } }),
    `${root}.heldFor`,
    /within_last/,
  ],
  ["what is reserved and held", held({ trait: "$last_seen", op: "exists" }), `${root}.heldFor`, /\$last_seen/],
  ["held for no time", held({ op: "exists", heldFor: { amount: 0, unit: "day" } }), `${root}.heldFor.amount`, /amount/],
  ["held for words", held({ op: "exists", heldFor: "a week" }), `${root}.heldFor`, /must be an object/],
])("refused by its place: %s", (_, node, path, message) => {
  const fault = faultOf(node);
  expect(fault?.path).toBe(path);
  expect(fault?.message).toMatch(message);
});

test.each<[string, unknown]>([
  ["numeric text against a sum", event({ aggregate: { ...sum, value: "0.30" } })],
  ["days", event({ aggregate: { fn: "distinct_days", op: "gte", value: 3 } })],
  ["then of nothing", event({ occurrence: "first_matching", then: [] })],
  ["a count of a picked one", event({ occurrence: "last", count: { op: "exactly", value: 0 } })],
  ["an aggregate of a picked one", event({ occurrence: "last", aggregate: sum })],
  [
    "each kind of anchor",
    {
      kind: "all",
      conditions: [after("first_seen"), after({ trait: "$last_seen" }), after({ event: "A", type: "page", where: [] })],
    },
  ],
  ["an absolute date that is held", held({ op: "before", value: "2026-01-01" })],
  ["absence that is held", held({ op: "not_exists" })],
  ["what only looks reserved", held({ trait: "$email", op: "exists" })],
])("taken: %s", (_, node) => {
  expect(faultOf(node)).toBeUndefined();
});
