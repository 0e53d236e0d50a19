import { describe, expect, it } from "vitest";
import { AppError } from "../../errors";
import { parseSentence } from "./parse-sentence";

const named = (name: string) => (name === "Trials" ? ["a1"] : name === "Twice" ? ["a2", "a3"] : []);

function failure(text: string): string {
  try {
    parseSentence(text, named);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  return "no error";
}

describe("a sentence becomes a definition", () => {
  it("as people write it: without the opening words, in any case, on several lines, with curly quotes", () => {
    expect(
      parseSentence(
        `did “Account Created” more than 2 days ago,
         and DID NOT "Activation Milestone Reached" where "plan" is "trial",
         and is in "Trials"`,
        named,
      ),
    ).toEqual({
      version: 1,
      root: {
        kind: "all",
        conditions: [
          { kind: "event", event: "Account Created", window: { kind: "before_last", amount: 2, unit: "day" } },
          {
            kind: "event",
            event: "Activation Milestone Reached",
            count: { op: "exactly", value: 0 },
            where: [{ property: "plan", op: "equals", value: "trial" }],
          },
          { kind: "audience", audienceId: "a1", member: true },
        ],
      },
    });
  });

  it.each([
    ['did "A" and did "B"', 'Expected the end at character 9, before “and did "B"”.'],
    [
      'did "A", and did "B", or did "C"',
      'Expected brackets around what belongs together, for “and” and “or” stand side by side, at character 21, before “, or did "C"”.',
    ],
    ["did Account", "Expected an event in quotes at character 5, before “Account”."],
    ['did "A', 'The quotes that open at character 5, before “"A” are not closed.'],
    [
      'trait "plan" equals 1',
      "Expected a comparison such as “is”, “contains” or “is at least” at character 14, before “equals 1”.",
    ],
    ['is in "Nobody"', "There is no audience called “Nobody”."],
    ['is in "Twice"', 'There are several audiences called “Twice”. Write: is in audience "its id".'],
    ['did "A" in the last 0 days', "amount must be greater than 0."],
    ['did "A" ; did "B"', '“;” at character 9, before “; did "B"” cannot be read. Names and texts stand in quotes.'],
    ["", "Expected a condition: “did”, “did not”, “trait”, “is in” or the like at character 1, the end."],
  ])("or it is said where it is none: %s", (text, message) => {
    expect(failure(text)).toBe(message);
  });

  it("whose brackets have no end", () => {
    expect(failure("not (".repeat(10_000))).toMatch(/^Expected fewer brackets within brackets at character 256/);
  });
});
