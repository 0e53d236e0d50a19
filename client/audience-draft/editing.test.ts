import { describe, expect, it } from "vitest";
import type { AudienceTree } from "@/core/audience/definition";
import { type AudienceDraft, type DraftRow, emptyDraft } from "./draft";
import { fromDefinition } from "./from-definition";
import { historyReducer, openHistory } from "./history";
import { isTooDeep, moveRow } from "./move-row";
import {
  addGroup,
  addSentence,
  audienceSentence,
  duplicateRow,
  eventSentence,
  newFilter,
  sequenceSentence,
  traitSentence,
} from "./new-row";
import { idsInOrder, removeRow, replaceRow } from "./rows";

function names(rows: readonly DraftRow[]): unknown[] {
  return rows.map((row) =>
    row.kind === "group" ? [row.mode, ...names(row.rows)] : row.kind === "trait" ? row.trait : row.kind,
  );
}

/** Rows a, any of (b, c), d. */
function sample(): AudienceDraft {
  let { draft } = addSentence(emptyDraft, traitSentence("a"), { groupId: null, index: 0 });
  const group = addGroup(draft, "any", traitSentence("b"), { groupId: null, index: 1 });
  draft = addSentence(group.draft, traitSentence("c"), { groupId: group.id, index: 1 }).draft;
  return addSentence(draft, traitSentence("d"), { groupId: null, index: 2 }).draft;
}

const idOf = (draft: AudienceDraft, name: string): string => {
  const find = (rows: readonly DraftRow[]): string | undefined => {
    for (const row of rows) {
      if (row.kind === "trait" && row.trait === name) return row.id;
      const inside = row.kind === "group" ? find(row.rows) : undefined;
      if (inside) return inside;
    }
    return undefined;
  };
  return find(draft.rows) ?? "";
};

describe("rows", () => {
  it("have ids that are given once", () => {
    const draft = sample();
    const removed = removeRow(draft, idOf(draft, "d"));
    const { draft: again, id } = addSentence(removed, traitSentence("e"), { groupId: null, index: 0 });
    expect(idsInOrder(draft.rows)).not.toContain(id);
    expect(new Set(idsInOrder(again.rows)).size).toBe(idsInOrder(again.rows).length);
  });

  it("go with their group when the last one goes", () => {
    let draft = sample();
    draft = removeRow(draft, idOf(draft, "b"));
    expect(names(draft.rows)).toEqual(["a", ["any", "c"], "d"]);
    draft = removeRow(draft, idOf(draft, "c"));
    expect(names(draft.rows)).toEqual(["a", "d"]);
  });

  it("are copied after themselves, with new ids throughout", () => {
    const draft = sample();
    const group = draft.rows[1];
    if (!group) throw new Error("There is a second row.");
    const copied = duplicateRow(draft, group);
    expect(names(copied?.draft.rows ?? [])).toEqual(["a", ["any", "b", "c"], ["any", "b", "c"], "d"]);
    const ids = idsInOrder(copied?.draft.rows ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("take a filter with an id of its own", () => {
    const { draft, id } = addSentence(emptyDraft, eventSentence("Pricing", "page"), { groupId: null, index: 0 });
    const { filter, nextId } = newFilter(draft);
    expect(filter).toMatchObject({ of: "property", path: null, value: null });
    expect(filter.id).not.toBe(id);
    expect(nextId).toBe(draft.nextId + 1);
  });

  it("of several events are added and copied with ids of their own throughout", () => {
    const { draft } = addSentence(emptyDraft, sequenceSentence(), { groupId: null, index: 0 });
    const [row] = draft.rows;
    const copied = row && duplicateRow(draft, row);
    const ids = copied?.draft.rows.flatMap((each) =>
      each.kind === "sequence" ? [each.id, ...each.steps.map((step) => step.id)] : [],
    );
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
  });
});

describe("moving", () => {
  it.each([
    ["d", "up", ["a", "d", ["any", "b", "c"]]],
    ["a", "down", [["any", "b", "c"], "a", "d"]],
    ["c", "up", ["a", ["any", "c", "b"], "d"]],
    ["d", "in", ["a", ["any", "b", "c", "d"]]],
    ["a", "in", [["any", "a", "b", "c"], "d"]],
    ["b", "out", ["a", ["any", "c"], "b", "d"]],
    ["a", "up", null],
    ["d", "down", null],
    ["a", "out", null],
    ["c", "in", null],
  ] as const)("%s %s", (name, direction, expected) => {
    const draft = sample();
    const moved = moveRow(draft, idOf(draft, name), direction);
    expect(moved && names(moved.rows)).toEqual(expected);
  });

  it("out of a group's only row leaves no group behind", () => {
    let draft = sample();
    draft = removeRow(draft, idOf(draft, "b"));
    const moved = moveRow(draft, idOf(draft, "c"), "out");
    expect(names(moved?.rows ?? [])).toEqual(["a", "c", "d"]);
  });

  it("stops at the depth that definitions may have", () => {
    let groupId: string | null = null;
    let draft = emptyDraft;
    let deepest = 0;
    while (!isTooDeep(draft)) {
      deepest += 1;
      const added = addGroup(draft, "any", traitSentence("x"), { groupId, index: 0 });
      groupId = added.id;
      draft = added.draft;
    }
    // A lone row is the root itself; with a row beside it there is one level less.
    expect(deepest).toBe(8);
    const shallower = fromDefinition({ version: 1, root: nested(7) });
    expect(isTooDeep(shallower)).toBe(false);
    expect(isTooDeep(addSentence(shallower, traitSentence("y"), { groupId: null, index: 1 }).draft)).toBe(true);
  });
});

describe("history", () => {
  const first = emptyDraft;
  const second = addSentence(first, audienceSentence("a1"), { groupId: null, index: 0 }).draft;
  const third: AudienceDraft = { ...second, includeAnonymous: true };

  it("undoes and redoes step by step, and forgets what was undone at the next edit", () => {
    let history = historyReducer(openHistory(first), { type: "edit", draft: second });
    history = historyReducer(history, { type: "edit", draft: third });
    history = historyReducer(history, { type: "undo" });
    expect(history.present).toBe(second);
    history = historyReducer(history, { type: "redo" });
    expect(history.present).toBe(third);
    history = historyReducer(historyReducer(history, { type: "undo" }), { type: "undo" });
    expect(history.present).toBe(first);
    expect(historyReducer(history, { type: "undo" })).toBe(history);
    history = historyReducer(history, { type: "edit", draft: third });
    expect(history.future).toEqual([]);
  });

  it("takes edits of one name as one step", () => {
    let history = historyReducer(openHistory(first), { type: "edit", draft: second, step: "typing" });
    history = historyReducer(history, { type: "edit", draft: third, step: "typing" });
    expect(history.past).toEqual([first]);
    expect(historyReducer(history, { type: "undo" }).present).toBe(first);
  });

  it("takes an edit that changes nothing as none", () => {
    const history = openHistory(second);
    expect(historyReducer(history, { type: "edit", draft: structuredClone(second) })).toBe(history);
    const [row] = second.rows;
    if (!row) throw new Error("There is a row.");
    expect(historyReducer(history, { type: "edit", draft: replaceRow(second, { ...row }) })).toBe(history);
  });
});

/** So many groups in one another, around a trait. */
function nested(groups: number): AudienceTree {
  const trait: AudienceTree = { kind: "trait", trait: "x", op: "exists" };
  return groups === 0 ? trait : { kind: "any", conditions: [nested(groups - 1)] };
}
