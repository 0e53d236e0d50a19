import { describe, expect, it } from "vitest";
import type { AudienceDefinition, AudienceTree } from "./definition";
import { describeChanges } from "./describe-changes";

const context = { timeZone: "UTC", audienceName: (id: string) => `Audience ${id}` };
const did = (event: string, days?: number): AudienceTree => ({
  kind: "event",
  event,
  ...(days && { window: { kind: "last", amount: days, unit: "day" } }),
});
const all = (...conditions: AudienceTree[]): AudienceTree => ({ kind: "all", conditions });
const any = (...conditions: AudienceTree[]): AudienceTree => ({ kind: "any", conditions });

function texts(before: AudienceTree, after: AudienceTree, rest: Partial<AudienceDefinition> = {}): string[] {
  const changes = describeChanges({ version: 1, root: before }, { version: 1, root: after, ...rest }, context);
  for (const { kind, text } of changes) expect(text).toContain(kind);
  return changes.map(({ text }) => text);
}

describe("what changed between two definitions", () => {
  it.each<[string, AudienceTree, AudienceTree, string[]]>([
    ["nothing", all(did("A"), did("B")), all(did("A"), did("B")), []],
    ["order is nothing", all(did("A"), did("B")), all(did("B"), did("A")), []],
    [
      "defaults written out are nothing",
      all(did("A"), { kind: "trait", trait: "plan", op: "exists" }),
      all(
        {
          kind: "event",
          event: "A",
          type: "track",
          where: [],
          window: { kind: "ever" },
          occurrence: "any",
          count: { op: "at_least", value: 1 },
        },
        { trait: "plan", op: "exists", kind: "trait" },
      ),
      [],
    ],
    [
      "a condition more, one less, one changed",
      all(did("A", 7), did("B")),
      all(did("A", 14), { kind: "trait", trait: "plan", op: "equals", value: "trial" }),
      [
        'removed: did "B"',
        'changed: did "A" in the last 7 days to did "A" in the last 14 days',
        'added: trait "plan" is "trial"',
      ],
    ],
    ["one of two that are alike", all(did("A"), did("A")), all(did("A")), ['removed: did "A"']],
    ["a single condition that becomes two", did("A"), all(did("A"), did("B")), ['added: did "B"']],
    [
      "all that becomes any",
      all(did("A"), did("B")),
      any(did("A"), did("C")),
      ["changed: all of the conditions to any of the conditions", 'removed: did "B"', 'added: did "C"'],
    ],
    [
      "inside a group",
      all(did("A"), any(did("B"), did("C"))),
      all(did("A"), any(did("B"), did("D"))),
      ['in any of (did "B", or did "C"), removed: did "C"', 'in any of (did "B", or did "C"), added: did "D"'],
    ],
    [
      "an audience left by its name",
      all({ kind: "audience", audienceId: "1", member: true }),
      all({ kind: "audience", audienceId: "1", member: false }),
      ['changed: is in "Audience 1" to is not in "Audience 1"'],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(texts(before, after)).toEqual(expected);
  });

  it("says that anonymous visitors are counted from now on", () => {
    expect(texts(did("A"), did("A"), { includeAnonymous: true })).toEqual(["added: anonymous visitors"]);
    expect(texts(did("A"), did("A"), { includeAnonymous: false })).toEqual([]);
  });
});
