import { describe, expect, it } from "vitest";
import type { AudienceDefinition, AudienceTree } from "@/core/audience/definition";
import { type AudienceDraft, emptyDraft } from "./draft";
import { fromDefinition } from "./from-definition";
import { traitSentence } from "./new-row";
import { rowOfPath } from "./row-of-path";
import { everyone, toDefinition } from "./to-definition";

const event: AudienceTree = {
  kind: "event",
  event: "Account Created",
  window: { kind: "last", amount: 2, unit: "day" },
};
const trait: AudienceTree = { kind: "trait", trait: "plan", op: "equals_any", value: ["trial", 3, true] };
const sequence: AudienceTree = {
  kind: "sequence",
  steps: [
    { event: "A", where: [{ property: "n", op: "between", value: [1, 2] }] },
    { event: "B", within: { amount: 14, unit: "day", of: "first" } },
  ],
  thenNot: { event: "C", within: { amount: 1, unit: "hour" } },
};

function define(conditions: AudienceTree[], includeAnonymous?: boolean): AudienceDefinition {
  return { version: 1, root: { kind: "all", conditions }, ...(includeAnonymous ? { includeAnonymous } : {}) };
}

describe("a definition that was opened and not changed", () => {
  const kept: [string, AudienceDefinition][] = [
    [
      "sentences of every kind",
      define([event, trait, sequence, { kind: "audience", audienceId: "a1", member: false }]),
    ],
    ["a sequence that did not happen", define([{ kind: "not", condition: sequence }])],
    [
      "groups of every mode",
      define([
        { kind: "any", conditions: [event, { kind: "all", conditions: [trait, sequence] }] },
        { kind: "not", condition: { kind: "any", conditions: [event, trait] } },
        { kind: "not", condition: { kind: "all", conditions: [event, trait] } },
      ]),
    ],
    [
      "filters on properties and on the context",
      define(
        [
          {
            kind: "event",
            type: "page",
            where: [
              { property: "plan.name", op: "not_exists" },
              { context: "page.path", op: "starts_with", value: "/pricing" },
              { property: "at", op: "within_last", value: { amount: 3, unit: "week" } },
            ],
            count: { op: "at_most", value: 4 },
          },
        ],
        true,
      ),
    ],
    [
      "windows of the calendar and of each person's own",
      define([
        { kind: "event", event: "A", window: { kind: "calendar", period: "last_month" } },
        { kind: "event", event: "A", window: { kind: "after", anchor: "first_seen", amount: 1, unit: "day" } },
        { kind: "event", event: "A", window: { kind: "after", anchor: { trait: "at" }, amount: 1, unit: "day" } },
        {
          kind: "event",
          event: "A",
          window: {
            kind: "after",
            anchor: { event: "B", type: "screen", where: [{ property: "n", op: "exists" }] },
            amount: 1,
            unit: "day",
          },
        },
      ]),
    ],
    [
      "picked events and figures",
      define([
        {
          kind: "event",
          event: "A",
          where: [{ property: "plan", op: "exists" }],
          occurrence: "last_matching",
          then: [{ property: "plan", op: "equals", value: "trial" }],
        },
        { kind: "event", event: "A", occurrence: "first", count: { op: "exactly", value: 0 } },
        { kind: "event", event: "A", aggregate: { fn: "sum", property: "amount", op: "gte", value: "100.10" } },
        { kind: "event", aggregate: { fn: "distinct_days", op: "lt", value: 3 } },
      ]),
    ],
    [
      "traits held for a time, and what is known of everybody",
      define([
        { kind: "trait", trait: "plan", op: "equals", value: "trial", heldFor: { amount: 14, unit: "day" } },
        { kind: "trait", trait: "$first_seen", op: "within_last", value: { amount: 7, unit: "day" } },
      ]),
    ],
    [
      "absolute windows",
      define([
        { kind: "event", event: "A", window: { kind: "range", from: "2026-01-01", to: "2026-02-01T12:00:00+01:00" } },
      ]),
    ],
  ];
  it.each(kept)("says the same: %s", (_, definition) => {
    expect(toDefinition(fromDefinition(definition)).definition).toEqual(definition);
  });

  it("keeps a root that fills all levels there are", () => {
    const nested = (groups: number): AudienceTree =>
      groups === 0 ? trait : { kind: "any", conditions: [nested(groups - 1)] };
    const definition: AudienceDefinition = { version: 1, root: nested(7) };
    const { definition: out, pathOfRow } = toDefinition(fromDefinition(definition));
    expect(out).toEqual(definition);
    expect(pathOfRow.get("r2")).toBe("root.conditions[0]");
  });

  it("holds a root that is not an “all” as its one row", () => {
    const definition: AudienceDefinition = { version: 1, root: event };
    expect(toDefinition(fromDefinition(definition)).definition).toEqual(define([event]));
  });

  it("reads “not in” of a negated audience", () => {
    const definition = define([{ kind: "not", condition: { kind: "audience", audienceId: "a1", member: true } }]);
    expect(toDefinition(fromDefinition(definition)).definition).toEqual(
      define([{ kind: "audience", audienceId: "a1", member: false }]),
    );
  });
});

describe("what is unfinished", () => {
  it("is left out, and later rows have the paths that the server sees", () => {
    const draft = fromDefinition(define([event, trait]));
    draft.rows.splice(1, 0, { ...traitSentence("plan"), id: "x" });
    const { definition, unfinished, pathOfRow } = toDefinition(draft);
    expect(definition).toEqual(define([event, trait]));
    expect([...unfinished]).toEqual(["x"]);
    expect([...pathOfRow.values()]).toEqual(["root.conditions[0]", "root.conditions[1]"]);
    expect(pathOfRow.has("x")).toBe(false);
  });

  it.each([
    [
      "a window whose older end is the later one",
      { kind: "between_ago", from: { amount: 1, unit: "day" }, to: { amount: 2, unit: "day" } },
    ],
    ["a date that is no date", { kind: "since", at: "soon" }],
    ["no amount", { kind: "last", amount: 0, unit: "day" }],
  ] as const)("is %s", (_, window) => {
    const draft = fromDefinition(define([event]));
    const [row] = draft.rows;
    if (row?.kind !== "event") throw new Error("The first row is an event.");
    row.window = window;
    expect(toDefinition(draft)).toMatchObject({ definition: null, unfinished: new Set([row.id]) });
  });

  it("leaves out one filter without its sentence", () => {
    const draft = fromDefinition(define([event]));
    const [row] = draft.rows;
    if (row?.kind !== "event") throw new Error("The first row is an event.");
    row.where.push({ id: "f", of: "property", path: "n", op: "gt", value: "many" });
    expect(toDefinition(draft)).toMatchObject({ definition: define([event]), unfinished: new Set(["f"]) });
  });

  it("is a group without finished rows, and a draft without any has no definition", () => {
    const draft: AudienceDraft = {
      ...emptyDraft,
      rows: [
        { kind: "group", id: "g", mode: "none", rows: [{ kind: "audience", id: "a", audienceId: null, member: true }] },
      ],
    };
    expect(toDefinition(draft)).toMatchObject({ definition: null, unfinished: new Set(["g", "a"]) });
    expect(toDefinition(emptyDraft).definition).toBeNull();
  });
});

describe("paths", () => {
  const draft = fromDefinition(
    define([event, { kind: "not", condition: { kind: "any", conditions: [trait, event] } }]),
  );
  const { pathOfRow } = toDefinition(draft);
  const group = draft.rows[1];
  if (group?.kind !== "group") throw new Error("The second row is a group.");

  it("go through a negation", () => {
    expect(pathOfRow.get(group.rows[1]?.id ?? "")).toBe("root.conditions[1].condition.conditions[1]");
  });

  it.each([
    ["root.conditions[0].window.amount", draft.rows[0]?.id],
    ["definition.root.conditions[1].condition.conditions[0].value", group.rows[0]?.id],
    ["root.conditions[1]", group.id],
    ["root.conditions[10]", undefined],
    ["name", undefined],
  ])("%s leads back to its row", (path, id) => {
    expect(rowOfPath(path, pathOfRow)).toBe(id);
  });
});

it("counts everyone by an event that may be missing", () => {
  expect(everyone(false)).toEqual({ version: 1, root: { kind: "event", count: { op: "at_least", value: 0 } } });
  expect(everyone(true).includeAnonymous).toBe(true);
});
