import { describe, expect, it } from "vitest";
import * as z from "zod";
import { previewAudience } from "./api/audiences";
import { AppError } from "./errors";
import { parseInput } from "./parse-input";

function refusal(schema: z.ZodType | undefined, input: unknown): { path: string | undefined; message: string } {
  if (schema === undefined) throw new Error("The endpoint takes no body");
  try {
    parseInput(schema, input, "The body");
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid") return { path: error.path, message: error.message };
    throw error;
  }
  throw new Error("It was taken");
}

const trait = (fields: object) => ({ kind: "trait", trait: "plan", op: "equals", value: "trial", ...fields });
const preview = (...conditions: unknown[]) => ({ definition: { version: 1, root: { kind: "all", conditions } } });
const first = "definition.root.conditions[0]";

describe("a refused definition", () => {
  it.each([
    ["an operator's value", preview(trait({ op: "gt", value: "lots" })), `${first}.value`, "value must be a number."],
    [
      "a value of no scalar type",
      preview(trait({ value: {} })),
      `${first}.value`,
      "value must be text or a number or true or false.",
    ],
    ["a missing value", preview({ kind: "trait", trait: "plan", op: "equals" }), `${first}.value`, "value is missing."],
    [
      "a misspelt value",
      preview({ kind: "trait", trait: "plan", op: "equals", valeu: 1 }),
      `${first}.value`,
      "value is missing.",
    ],
    [
      "an operator that is not",
      preview(trait({ op: "like" })),
      `${first}.op`,
      /^op must be one of exists, not_exists, equals/,
    ],
    ["a kind that is not", preview({ kind: "some" }), `${first}.kind`, /^kind must be one of all, any, not, event/],
    ["a kind left out", preview({}), `${first}.kind`, /^kind must be one of/],
    ["no object at all", preview("plan is trial"), first, "conditions[0] must be an object."],
    [
      "a window's amount",
      preview({ kind: "event", event: "A", window: { kind: "last", amount: 1.5, unit: "day" } }),
      `${first}.window.amount`,
      "amount must be a whole number.",
    ],
    [
      "a window's unit",
      preview({ kind: "event", event: "A", window: { kind: "last", amount: 1, unit: "year" } }),
      `${first}.window.unit`,
      "unit must be one of second, minute, hour, day, week.",
    ],
    [
      "a filter of an event",
      preview({ kind: "event", event: "A", where: [{ property: "p", op: "between", value: [1, "x"] }] }),
      `${first}.where[0].value[1]`,
      "value[1] must be a number.",
    ],
    [
      "a filter on the context",
      preview({ kind: "event", event: "A", where: [{ context: "p", op: "contains", value: "" }] }),
      `${first}.where[0].value`,
      "value must not be empty.",
    ],
    ["a field that is not", preview(trait({ heldfor: 1 })), `${first}.heldfor`, "heldfor is not a field of this."],
    [
      "a deep one",
      preview({ kind: "not", condition: { kind: "any", conditions: [trait({}), trait({ trait: "" })] } }),
      `${first}.condition.conditions[1].trait`,
      "trait must not be empty.",
    ],
    ["an empty group", preview(), "definition.root.conditions", "conditions must have at least 1 item."],
    ["another version", { definition: { version: 2, root: trait({}) } }, "definition.version", "version must be 1."],
    ["a field beside it", { ...preview(trait({})), limit: 100_001 }, "limit", "limit must be at most 100000."],
    [
      "a time without an offset",
      { ...preview(trait({})), asOf: "yesterday" },
      "asOf",
      /^asOf must be an ISO 8601 time with an offset/,
    ],
  ])("names %s", (_, body, path, message) => {
    expect(refusal(previewAudience.body, body)).toEqual({
      path,
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });

  it("calls the whole by its name where nothing inside is meant", () => {
    expect(refusal(previewAudience.body, [])).toEqual({ path: undefined, message: "The body must be an object." });
    expect(refusal(previewAudience.body, undefined)).toEqual({ path: undefined, message: "The body is missing." });
  });
});

describe("a union without a discriminator", () => {
  it("means the branch with the fewest faults", () => {
    const shape = z.union([
      z.strictObject({ a: z.string(), b: z.string() }),
      z.strictObject({ c: z.string(), d: z.strictObject({ e: z.number() }) }),
    ]);
    expect(refusal(shape, { c: "", d: { e: "x" } })).toEqual({ path: "d.e", message: "e must be a number." });
  });

  it("keeps a schema's own message as it is", () => {
    const shape = z.string().refine(() => false, "this name is taken");
    expect(refusal(shape, "x").message).toBe("This name is taken.");
  });
});
