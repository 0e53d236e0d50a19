import { expect, it } from "vitest";
import type { AudiencePreview } from "@/core/api/audiences";
import { rowFigures } from "./figures";
import { fromDefinition } from "./from-definition";
import { toDefinition } from "./to-definition";

const draft = fromDefinition({
  version: 1,
  root: {
    kind: "all",
    conditions: [
      { kind: "event", event: "A" },
      { kind: "trait", trait: "plan", op: "exists" },
      {
        kind: "any",
        conditions: [
          { kind: "event", event: "B" },
          { kind: "event", event: "C" },
        ],
      },
      { kind: "event", event: "D" },
      { kind: "event", event: "E" },
    ],
  },
});
const preview: AudiencePreview = {
  count: 0,
  candidates: 100,
  asOf: "2026-11-23T00:00:00.000Z",
  people: [],
  tookMs: 1,
  conditions: [
    { path: "root", count: 0 },
    { path: "root.conditions[0]", count: 80, left: 80 },
    { path: "root.conditions[1]", count: 90, left: 80 },
    { path: "root.conditions[2]", count: 40, left: 30 },
    { path: "root.conditions[2].conditions[0]", count: 40, adds: 40 },
    { path: "root.conditions[2].conditions[1]", count: 10, adds: 0 },
    { path: "root.conditions[3]", count: 3, left: 0 },
    { path: "root.conditions[4]", count: 50, left: 0 },
  ],
};

it("says what each row removes, adds and leaves, which changes nothing and which emptied the set", () => {
  const figures = rowFigures(draft, toDefinition(draft).pathOfRow, preview);
  const ids = draft.rows.map((row) => row.id);
  expect(ids.map((id) => figures.get(id)?.removes)).toEqual([20, 0, 50, 30, 0]);
  expect(ids.map((id) => figures.get(id)?.effect)).toEqual([
    "ordinary",
    "changes nothing",
    "ordinary",
    "empties the set",
    "ordinary",
  ]);
  const group = draft.rows[2];
  if (group?.kind !== "group") throw new Error("The third row is a group.");
  expect(group.rows.map((row) => figures.get(row.id))).toMatchObject([
    { alone: 40, adds: 40, first: true, effect: "ordinary" },
    { alone: 10, adds: 0, first: false, effect: "changes nothing" },
  ]);
});
