import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../event/message";
import { checkMessage, compilePlan } from "./check";
import { type PlanItem, type PlanProperty, planDefinition } from "./definition";
import { dropViolating } from "./drop-values";
import { readPlan } from "./from-json-schema";
import { toSegmentRules } from "./to-json-schema";

const names = ["a", "b", "plan", "constructor", "toString"];
const scalars = fc.constantFrom<string | number | boolean | null>(
  "",
  "a",
  "ab",
  "plan",
  0,
  1,
  1.5,
  -3,
  true,
  false,
  null,
);
const types = fc.uniqueArray(
  fc.constantFrom("string", "number", "integer", "boolean", "array", "object", "null" as const),
  { minLength: 1, maxLength: 3 },
);
const item = (depth: number): fc.Arbitrary<PlanItem> =>
  fc.record(
    {
      types,
      values: fc.uniqueArray(scalars, { minLength: 1, maxLength: 4 }),
      pattern: fc.constantFrom("^a", "b$", "^[a-z]+$", "."),
      minimum: fc.constantFrom(-2, 0, 1),
      maximum: fc.constantFrom(1, 2),
      ...(depth > 2 ? {} : { properties: properties(depth + 1) }),
    },
    { requiredKeys: [] },
  );
const properties = (depth: number): fc.Arbitrary<PlanProperty[]> =>
  fc.uniqueArray(
    fc
      .tuple(fc.constantFrom(...names), fc.boolean(), item(depth), fc.option(item(3), { nil: undefined }))
      .map(([name, required, value, items]) => ({ ...value, name, required, ...(items ? { items } : {}) })),
    { selector: ({ name }) => name, maxLength: 4 },
  );
const value = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
  value: fc.oneof({ depthSize: "small" }, scalars, fc.array(tie("value"), { maxLength: 3 }), tie("object")),
  object: fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), tie("value")), { selector: ([name]) => name, maxLength: 4 })
    .map((entries) => Object.fromEntries(entries)),
})).object;

describe("a tracking plan", () => {
  it("finds a message wrong exactly where JSON Schema's own validator does, and right once that is dropped", () => {
    const rule = fc.record({
      type: fc.constant("track" as const),
      event: fc.constant("Signed Up"),
      properties: properties(1),
      unplannedProperties: fc.constantFrom("allow" as const, "violation" as const),
    });
    let wrong = 0;
    fc.assert(
      fc.property(rule, fc.array(value, { minLength: 8, maxLength: 8 }), (one, messages) => {
        const plan = planDefinition.parse({ version: 1, rules: [one] });
        const exported = toSegmentRules(plan);
        expect(readPlan({ rules: exported })).toEqual({ definition: withoutDefaults(plan), leftOut: [] });
        const validator = new Ajv({ strict: false, ownProperties: true }).compile(exported[0]?.jsonSchema ?? {});
        const compiled = compilePlan(plan);
        for (const values of messages) {
          const { violations } = checkMessage(compiled, "track", "Signed Up", values);
          expect(violations.length === 0, JSON.stringify(violations)).toBe(validator({ properties: values }));
          if (violations.length === 0) continue;
          wrong++;
          const { kept } = dropViolating(values, violations);
          const left = checkMessage(compiled, "track", "Signed Up", kept).violations;
          expect(left.every(({ kind }) => kind === "missing")).toBe(true);
        }
      }),
      { numRuns: 250, seed: 20261123 },
    );
    expect(wrong).toBeGreaterThan(500);
  });

  it("says in words what is wrong", () => {
    const plan = compilePlan(
      planDefinition.parse({
        version: 1,
        rules: [
          {
            type: "track",
            event: "Account Created",
            unplannedProperties: "violation",
            properties: [
              { name: "plan", types: ["string"], values: ["trial", "pro"], required: true },
              { name: "seats", types: ["integer"], minimum: 1, maximum: 500 },
              { name: "signed_at", types: ["date-time"] },
              { name: "email", types: ["string"], pattern: "@" },
              { name: "items", types: ["array"], items: { properties: [{ name: "price", types: ["number"] }] } },
            ],
          },
        ],
      }),
    );
    const said = (values: JsonObject) =>
      checkMessage(plan, "track", "Account Created", values).violations.map(({ message }) => message);
    expect(said({ plan: "trial", seats: 1, signed_at: "2026-11-23", email: "a@b", items: [{ price: 1 }] })).toEqual([]);
    expect(said({ plan: "Trial", seats: 0, signed_at: "soon", email: "a", items: [{ price: "1" }], other: 1 })).toEqual(
      [
        'plan is the text "Trial"; it must be "trial" or "pro".',
        "seats is 0; it must be at least 1.",
        'signed_at is the text "soon"; it must be a date.',
        'email is the text "a"; it must fit the pattern @.',
        'items[].price is the text "1"; it must be a number.',
        "other is not in the plan.",
      ],
    );
    expect(said({ seats: 1.5 })).toEqual(["plan is missing.", "seats is the number 1.5; it must be a whole number."]);
    expect(checkMessage(plan, "track", "Acount Created", {}).violations.map(({ kind }) => kind)).toEqual([
      "unplanned_event",
    ]);
    expect(checkMessage(plan, "page", "Pricing", {}).violations).toEqual([]);
  });

  it("answers a pattern in time that grows with the text alone, and refuses those that cannot be", () => {
    const rule = (pattern: string) => ({
      version: 1,
      rules: [{ type: "track", event: "E", properties: [{ name: "a", pattern }] }],
    });
    const plan = compilePlan(planDefinition.parse(rule("^(a+)+$")));
    // One that tries every way would not be done before the end of the universe.
    const { violations } = checkMessage(plan, "track", "E", { a: `${"a".repeat(30_000)}b` });
    expect(violations.map(({ kind }) => kind)).toEqual(["pattern"]);
    for (const pattern of ["(?=a)b", "(a)\\1", "[", "a{5000}"]) {
      expect(planDefinition.safeParse(rule(pattern)).error?.issues[0]?.path).toEqual([
        "rules",
        0,
        "properties",
        0,
        "pattern",
      ]);
    }
  });
});

/** What JSON Schema does not say apart: something left out, and its default. */
function withoutDefaults(plan: unknown): unknown {
  return JSON.parse(JSON.stringify(plan), (key, inner) => {
    if (key === "required" && inner === false) return undefined;
    if (key === "unplannedProperties" && inner === "allow") return undefined;
    return inner;
  });
}
