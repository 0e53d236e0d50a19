import { describe, expect, it } from "vitest";
import type { AudienceTree } from "@/core/audience/definition";
import type { AudienceDraft, DraftRow, EventRow, SequenceRow } from "./draft";
import { fromDefinition } from "./from-definition";
import { matchesOf } from "./matches-of-row";
import { type Measure, measureOf, withMeasure } from "./measure";
import { replaceRow } from "./rows";
import { addStep, addThenNot, newSequence, removeStep, turnLastStep } from "./sequence-edits";
import { toDefinition } from "./to-definition";

function draftOf(node: AudienceTree): AudienceDraft {
  return fromDefinition({ version: 1, root: { kind: "all", conditions: [node] } });
}

function nodeOf(draft: AudienceDraft): AudienceTree | undefined {
  const root = toDefinition(draft).definition?.root;
  return root?.kind === "all" ? root.conditions[0] : undefined;
}

function eventIn({ rows }: AudienceDraft): EventRow {
  const [row] = rows;
  if (row?.kind !== "event") throw new Error("The row is about an event.");
  return row;
}

function sequenceIn({ rows }: AudienceDraft): SequenceRow {
  const [row] = rows;
  if (row?.kind !== "sequence") throw new Error("The row is a sequence.");
  return row;
}

function named(draft: AudienceDraft, stepId: string, event: string): AudienceDraft {
  const row = sequenceIn(draft);
  const choice = { kind: "named", event } as const;
  const steps = row.steps.map((step) => (step.id === stepId ? { ...step, choice } : step));
  const thenNot = row.thenNot?.id === stepId ? { ...row.thenNot, choice } : row.thenNot;
  return replaceRow(draft, { ...row, steps, thenNot });
}

const withRow = (draft: AudienceDraft, row: DraftRow) => nodeOf(replaceRow(draft, row));

describe("a sequence", () => {
  const a: AudienceTree = { kind: "event", event: "A", window: { kind: "calendar", period: "this_week" } };

  it("begins at an event, grows by steps and ends with what did not happen", () => {
    const begun = newSequence(draftOf(a), eventIn(draftOf(a)));
    expect(nodeOf(begun.draft)).toBeUndefined();
    const two = named(begun.draft, begun.stepId, "B");
    const added = addStep(two, sequenceIn(two));
    const three = named(added.draft, added.stepId, "C");
    const ended = addThenNot(three, sequenceIn(three));
    expect(nodeOf(named(ended.draft, ended.stepId, "D"))).toEqual({
      kind: "sequence",
      steps: [{ event: "A" }, { event: "B" }, { event: "C" }],
      window: { kind: "calendar", period: "this_week" },
      thenNot: { event: "D" },
    });
  });

  const three = draftOf({
    kind: "sequence",
    steps: [{ event: "A" }, { event: "B" }, { event: "C", within: { amount: 2, unit: "day" } }],
  });

  it("turns its last step into what did not happen, and back", () => {
    const turned = turnLastStep(sequenceIn(three));
    expect(withRow(three, turned)).toEqual({
      kind: "sequence",
      steps: [{ event: "A" }, { event: "B" }],
      thenNot: { event: "C", within: { amount: 2, unit: "day" } },
    });
    expect(withRow(three, turnLastStep(turned))).toEqual(nodeOf(three));
  });

  it("keeps two steps when its last one is turned, and is an event again with one", () => {
    const [, second, third] = sequenceIn(three).steps;
    const two = removeStep(sequenceIn(three), third?.id ?? "");
    expect(two.kind === "sequence" && turnLastStep(two)).toBe(two);
    const one = two.kind === "sequence" ? removeStep(two, second?.id ?? "") : two;
    expect(withRow(three, one)).toEqual({ kind: "event", event: "A" });
  });
});

describe("what is asked of events", () => {
  const row = eventIn(draftOf({ kind: "event", event: "A", count: { op: "at_most", value: 3 } }));

  it.each<[Measure, Partial<AudienceTree>]>([
    [{ kind: "count", op: "exactly" }, { count: { op: "exactly", value: 3 } }],
    [{ kind: "never" }, { count: { op: "exactly", value: 0 } }],
    [{ kind: "occurrence", occurrence: "last" }, { occurrence: "last" }],
    [{ kind: "aggregate", fn: "distinct_days" }, { aggregate: { fn: "distinct_days", op: "gte", value: 2 } }],
  ])("becomes %j", (measure, expected) => {
    const changed = { ...row, ...withMeasure(row, measure) };
    expect(measureOf(changed)).toEqual(measure);
    expect(withRow(draftOf({ kind: "event", event: "A" }), changed)).toEqual({
      kind: "event",
      event: "A",
      ...expected,
    });
  });

  it("keeps property and number from figure to figure, and waits for both", () => {
    const total = { ...row, ...withMeasure(row, { kind: "aggregate", fn: "sum" }) };
    expect(withRow(draftOf({ kind: "event", event: "A" }), total)).toBeUndefined();
    const filled = { ...total, aggregate: total.aggregate && { ...total.aggregate, property: "amount", value: 5 } };
    expect(withMeasure(filled, { kind: "aggregate", fn: "max" }).aggregate).toEqual({
      fn: "max",
      property: "amount",
      op: "gte",
      value: 5,
    });
  });
});

it("every place that speaks of an event is found, and can be written anew", () => {
  const where = [{ property: "n", op: "exists" as const }];
  const event: AudienceTree = {
    kind: "event",
    event: "A",
    where,
    occurrence: "first_matching",
    then: where,
    window: { kind: "after", anchor: { event: "B", where }, amount: 1, unit: "day" },
  };
  const sequence: AudienceTree = {
    kind: "sequence",
    steps: [{ event: "A" }, { event: "B", where }],
    thenNot: { event: "C" },
  };
  for (const node of [event, sequence]) {
    const draft = draftOf(node);
    const [row] = draft.rows;
    const places = row ? matchesOf(row) : [];
    expect(places).toHaveLength(3);
    for (const { match, write } of places) {
      expect(withRow(draft, write(match))).toEqual(node);
      expect(withRow(draft, write({ ...match, choice: { kind: "named", event: "X" } }))).not.toEqual(node);
    }
  }
});
