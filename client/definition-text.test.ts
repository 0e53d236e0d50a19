import { describe, expect, it } from "vitest";
import type { AudienceDefinition } from "@/core/audience/definition";
import { AppError } from "@/core/errors";
import { jsonOf, readDefinition, sentenceOf } from "./definition-text";

const trials: AudienceDefinition = { version: 1, root: { kind: "trait", trait: "plan", op: "equals", value: "trial" } };
const audiences = [
  { id: "a1", name: "Trials", definition: trials },
  { id: "a2", name: "Twice", definition: trials },
  { id: "a3", name: "Twice", definition: trials },
];
const context = { timeZone: "UTC", audiences, self: null };
const sought: AudienceDefinition = {
  version: 1,
  root: {
    kind: "all",
    conditions: [
      { kind: "event", event: "Account Created" },
      { kind: "audience", audienceId: "a1", member: true },
      { kind: "audience", audienceId: "a3", member: false },
    ],
  },
};

function failure(text: string, self: string | null = null): string {
  try {
    readDefinition(text, { ...context, self });
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  return "no error";
}

describe("a definition as text", () => {
  it("comes back from JSON, as it is and as the API has it", () => {
    expect(readDefinition(jsonOf(sought), context)).toEqual(sought);
    expect(readDefinition(JSON.stringify({ id: "x", definition: sought }), context)).toEqual(sought);
  });

  it("comes back from its sentence, which names audiences where one alone is called so", () => {
    const text = sentenceOf(sought, "UTC", audiences);
    expect(text).toBe('Known people: did "Account Created", and is in "Trials", and is not in audience "a3".');
    expect(readDefinition(text, context)).toEqual(sought);
  });

  it("comes back where it asks a funnel, by what stands for it in quotes", () => {
    const asked: AudienceDefinition = {
      version: 1,
      root: {
        kind: "all",
        conditions: [
          {
            kind: "funnel",
            funnel: {
              steps: [{ event: "A" }, { event: 'B "two"' }],
              window: { amount: 7, unit: "day" },
              order: "strict",
            },
            step: 1,
            outcome: "dropped",
          },
          { kind: "event", event: "C" },
        ],
      },
    };
    const text = sentenceOf(asked, "UTC", audiences);
    expect(text).toContain('funnel "{');
    expect(readDefinition(text, context)).toEqual(asked);
    expect(failure('funnel "{"')).toBe("What stands in quotes after “funnel” is not JSON.");
  });

  it.each([
    ['{"version": 1,', /^This is not JSON: /],
    [
      '{"version": 1, "root": {"kind": "event", "count": {"op": "often", "value": 1}}}',
      /^op must be one of at_least, exactly, at_most\. It stands at root\.count\.op\.$/,
    ],
    ["{}", /^version is missing\. It stands at version\.$/],
    ['trait "plan" is before "someday"', /^“someday” is not a date\./],
    ['is in audience "gone"', /^There is no audience with the id “gone”\.$/],
    ['did "A', /^The quotes that open at character 5/],
  ])("is refused with the reason: %s", (text, reason) => {
    expect(failure(text)).toMatch(reason);
  });

  it("cannot make an audience depend on itself", () => {
    expect(failure('is in "Trials"', "a1")).toMatch(/^An audience cannot depend on itself/);
  });
});
