import type { EventAggregate, EventNode } from "@/core/audience/definition";
import type { JsonValue } from "@/core/event/message";
import { day, define, hour, now, type SemanticCase, track } from "./case";

const paid = (aggregate: EventAggregate, rest: Partial<EventNode> = {}) =>
  define({ kind: "event", event: "Paid", aggregate, ...rest });
/** A purchase for each amount. */
const amounts = (...values: JsonValue[]) => values.map((amount) => track("Paid", now - day, { amount }));
const property = "amount";

/** The n-th of a fixed, uneven row of cents. */
const cents = (index: number) => (index * 7_919) % 10_000;
const many = Array.from({ length: 3_000 }, (_, index) => cents(index));
const manyTotal = many.reduce((sum, each) => sum + each, 0);
const asMoney = (hundredths: number) => `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;

export const aggregates: readonly SemanticCase[] = [
  {
    says: "money must not drift: 0.1 + 0.2 equals 0.3",
    definition: paid({ fn: "sum", property, op: "eq", value: 0.3 }),
    people: {
      two: amounts(0.1, 0.2),
      three: amounts(0.1, 0.1, 0.1),
      text: amounts("0.10", "2e-1"),
      off: amounts(0.1, 0.2, 1e-9),
      one: amounts(0.3),
      none: amounts(),
    },
    in: ["two", "three", "text", "one"],
  },
  {
    says: "a sum is not more than what it is equal to",
    definition: paid({ fn: "sum", property, op: "gt", value: 0.3 }),
    people: { two: amounts(0.1, 0.2), more: amounts(0.1, 0.2, 0.01) },
    in: ["more"],
  },
  {
    says: "a sum of thousands of amounts is exact to the cent, numbers and texts alike",
    definition: paid({ fn: "sum", property, op: "eq", value: asMoney(manyTotal) }),
    people: {
      exact: many.map((each) => track("Paid", now - day, { amount: Number(asMoney(each)) })),
      text: many.map((each) => track("Paid", now - day, { amount: asMoney(each) })),
      lists: [track("Paid", now, { amount: many.map((each) => Number(asMoney(each))) })],
      short: many.slice(1).map((each) => track("Paid", now - day, { amount: Number(asMoney(each + 1)) })),
    },
    in: ["exact", "text", "lists"],
  },
  {
    says: "large and small amounts together are exact",
    definition: paid({ fn: "sum", property, op: "eq", value: "100000000000000000000.07" }),
    people: { both: amounts(1e20, 0.07), large: amounts(1e20), text: amounts("100000000000000000000", 0.03, 0.04) },
    in: ["both", "text"],
  },
  {
    says: "an average is exact: compared as sum with value × n",
    definition: paid({ fn: "avg", property, op: "eq", value: 0.2 }),
    people: {
      even: amounts(0.1, 0.2, 0.3),
      uneven: amounts(0.1, 0.2, 0.31),
      ignored: amounts(0.2, "free", null, true),
      none: amounts("free"),
      never: [track("Other")],
    },
    in: ["even", "ignored"],
  },
  {
    says: "an average that does not end is not the rounded one",
    definition: paid({ fn: "avg", property, op: "lt", value: 3.3333333333333335 }),
    people: { third: amounts(10, 0, 0), more: amounts(10, 0.1, 0) },
    in: ["third"],
  },
  {
    says: "each element of an array is a value, what is not a number is left out",
    definition: paid({ fn: "sum", property, op: "eq", value: 6 }),
    people: {
      list: amounts([1, 2, "3"]),
      mixed: amounts([1, "x", null, [9], { a: 9 }], 5, "", {}, true),
      text: amounts("6.0"),
      signed: amounts("+6"),
      spaced: amounts(" 6"),
    },
    in: ["list", "mixed", "text"],
  },
  {
    says: "with nothing left sum is 0",
    definition: paid({ fn: "sum", property, op: "eq", value: 0 }),
    people: {
      words: amounts("free"),
      never: [track("Other")],
      zero: amounts(0),
      cancelled: amounts(5, -5),
      paid: amounts(1),
    },
    in: ["words", "never", "zero", "cancelled"],
  },
  {
    says: "so people without any are below a sum",
    definition: paid({ fn: "sum", property, op: "lt", value: 10 }),
    people: { never: [track("Other")], little: amounts(9.99), enough: amounts(9.99, 0.01) },
    in: ["never", "little"],
  },
  ...(["avg", "min", "max"] as const).map(
    (fn): SemanticCase => ({
      says: `with nothing left ${fn} is false, whatever is asked`,
      definition: define({
        kind: "any",
        conditions: (["gt", "lte"] as const).map((op) => ({
          kind: "event",
          event: "Paid",
          aggregate: { fn, property, op, value: 0 },
        })),
      }),
      people: { words: amounts("free"), never: [track("Other")], some: amounts(1) },
      in: ["some"],
    }),
  ),
  {
    says: "min is of all values",
    definition: paid({ fn: "min", property, op: "gte", value: 5 }),
    people: { above: amounts(5, 9), one: amounts([7, 4], 9), text: amounts("5.00", "x"), far: amounts("1e400") },
    in: ["above", "text", "far"],
  },
  {
    says: "max is of all values",
    definition: paid({ fn: "max", property, op: "lt", value: 5 }),
    people: { below: amounts(1, 4.99), one: amounts(1, 5), far: amounts(1, "1e400"), list: amounts([[9], 3]) },
    in: ["below", "list"],
  },
  {
    says: "distinct counts different values by type and value",
    definition: paid({ fn: "distinct", property, op: "eq", value: 2 }),
    people: {
      types: amounts(5, "5"),
      same: amounts(5, 5, 5),
      truth: amounts(true, "true"),
      texts: amounts("a", "A"),
      missing: amounts("a", "b", null, "", []),
      list: amounts(["a", "b", "a"], "b"),
      three: amounts("a", "b", "c"),
    },
    in: ["types", "truth", "texts", "missing", "list"],
  },
  {
    says: "distinct of nothing is 0",
    definition: paid({ fn: "distinct", property, op: "lte", value: 0 }),
    people: { never: [track("Other")], missing: amounts(null, ""), some: amounts(0) },
    in: ["never", "missing"],
  },
  {
    says: "distinct_days are calendar days of the zone",
    definition: paid({ fn: "distinct_days", op: "gte", value: 2 }),
    timeZone: "America/New_York",
    people: {
      around: [track("Paid", Date.UTC(2026, 10, 20, 4, 59)), track("Paid", Date.UTC(2026, 10, 20, 5))],
      same: [track("Paid", Date.UTC(2026, 10, 20, 5)), track("Paid", Date.UTC(2026, 10, 21, 4, 59))],
      never: [track("Other")],
    },
    in: ["around"],
  },
  {
    says: "a day on which the clocks go back has 25 hours",
    definition: paid({ fn: "distinct_days", op: "eq", value: 1 }),
    timeZone: "Europe/Berlin",
    people: {
      long: [track("Paid", Date.UTC(2026, 9, 24, 22)), track("Paid", Date.UTC(2026, 9, 25, 22, 59))],
      next: [track("Paid", Date.UTC(2026, 9, 24, 22)), track("Paid", Date.UTC(2026, 9, 25, 23))],
    },
    in: ["long"],
  },
  {
    says: "distinct_days of nothing is 0",
    definition: paid({ fn: "distinct_days", op: "lt", value: 1 }),
    people: { never: [track("Other")], once: amounts(1) },
    in: ["never"],
  },
  {
    says: "an aggregate is over the events that fit the filters and the window",
    definition: paid(
      { fn: "sum", property, op: "gte", value: 10 },
      {
        where: [{ property: "currency", op: "equals", value: "EUR" }],
        window: { kind: "last", amount: 1, unit: "day" },
      },
    ),
    people: {
      fits: [
        track("Paid", now - hour, { amount: 4, currency: "EUR" }),
        track("Paid", now, { amount: 6, currency: "EUR" }),
      ],
      currency: [
        track("Paid", now, { amount: 9, currency: "EUR" }),
        track("Paid", now, { amount: 6, currency: "USD" }),
      ],
      old: [
        track("Paid", now - 2 * day, { amount: 9, currency: "EUR" }),
        track("Paid", now, { amount: 6, currency: "EUR" }),
      ],
    },
    in: ["fits"],
  },
  {
    says: "the path of a property is a literal key, or dots into objects and lists of them",
    definition: paid({ fn: "sum", property: "items.price", op: "eq", value: 3 }),
    people: {
      list: [track("Paid", now, { items: [{ price: 1 }, { price: "2" }] })],
      object: [track("Paid", now, { items: { price: [1, 2] } })],
      literal: [track("Paid", now, { "items.price": 3, items: [{ price: 9 }] })],
      other: [track("Paid", now, { items: [{ price: 1 }] })],
    },
    in: ["list", "object", "literal"],
  },
  {
    says: "asOf: what came later is not added",
    definition: paid({ fn: "sum", property, op: "eq", value: 1 }),
    people: { one: [...amounts(1), track("Paid", now + 1, { amount: 5 })] },
    in: ["one"],
  },
  {
    says: "the sum of what an occurrence picks is of that one event",
    definition: paid({ fn: "sum", property, op: "eq", value: 7 }, { occurrence: "first" }),
    people: {
      first: [track("Paid", now - hour, { amount: 7 }), track("Paid", now, { amount: 9 })],
      second: [track("Paid", now - hour, { amount: 9 }), track("Paid", now, { amount: 7 })],
    },
    in: ["first"],
  },
];
