import { describe, expect, it } from "vitest";
import { type AudienceDraft, type DraftRow, emptyDraft } from "./draft";
import { dropRow, type Landing } from "./drop-row";
import { addGroup, addSentence, traitSentence } from "./new-row";

/** Rows r1 a, r2 any of (r3 b, r4 c), r5 d. */
function sample(): AudienceDraft {
  const top = (draft: AudienceDraft, trait: string, index: number) =>
    addSentence(draft, traitSentence(trait), { groupId: null, index }).draft;
  const group = addGroup(top(emptyDraft, "a", 0), "any", traitSentence("b"), { groupId: null, index: 1 });
  const { draft } = addSentence(group.draft, traitSentence("c"), { groupId: group.id, index: 1 });
  return top(draft, "d", 2);
}

function names(rows: readonly DraftRow[]): unknown[] {
  return rows.map((row) => {
    if (row.kind === "group") return [row.mode, ...names(row.rows)];
    return row.kind === "trait" ? row.trait : row.kind;
  });
}

const at = (groupId: string | null, beforeId: string | null): Landing => ({ kind: "before", groupId, beforeId });
const onto = (rowId: string): Landing => ({ kind: "onto", rowId });

describe("a row that is dropped", () => {
  it.each<[string, string, Landing, unknown[]]>([
    ["before another", "r5", at(null, "r1"), ["d", "a", ["any", "b", "c"]]],
    ["at the end", "r1", at(null, null), [["any", "b", "c"], "d", "a"]],
    ["into a group", "r5", at("r2", "r4"), ["a", ["any", "b", "d", "c"]]],
    ["at the end of a group", "r1", at("r2", null), [["any", "b", "c", "a"], "d"]],
    ["out of a group", "r3", at(null, "r5"), ["a", ["any", "c"], "b", "d"]],
    [
      "on another",
      "r5",
      onto("r1"),
      [
        ["any", "a", "d"],
        ["any", "b", "c"],
      ],
    ],
    ["on one in a group", "r1", onto("r3"), [["any", ["any", "b", "a"], "c"], "d"]],
    ["on a group", "r1", onto("r2"), [["any", "b", "c", "a"], "d"]],
    ["from a group on the only other one in it", "r4", onto("r3"), ["a", ["any", ["any", "b", "c"]], "d"]],
  ])("%s", (_, id, landing, expected) => {
    const dropped = dropRow(sample(), id, landing);
    expect(dropped && names(dropped.rows)).toEqual(expected);
  });

  it.each<[string, string, Landing]>([
    ["where it is", "r1", at(null, "r2")],
    ["before itself", "r1", at(null, "r1")],
    ["on itself", "r2", onto("r2")],
    ["in itself", "r2", at("r2", "r4")],
    ["in a row of its own", "r2", onto("r3")],
  ])("stays %s", (_, id, landing) => {
    expect(dropRow(sample(), id, landing)).toBeNull();
  });

  it("gives what it makes an id of its own", () => {
    const dropped = dropRow(sample(), "r5", onto("r1"));
    expect(dropped?.rows[0]?.id).toBe("r6");
    expect(dropped?.nextId).toBe(7);
  });
});
