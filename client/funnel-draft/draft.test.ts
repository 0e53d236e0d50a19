import { describe, expect, it } from "vitest";
import type { FunnelDefinition } from "@/core/funnel/definition";
import { compileDraft } from "./compile";
import {
  addExclusion,
  addStep,
  changeExclusion,
  changeRest,
  changeStep,
  moveStep,
  nameStep,
  rowsOf,
  setOptional,
  withRows,
} from "./edits";
import { funnelHistoryReducer, openFunnelHistory } from "./history";
import { openDraft } from "./open";
import { sameFunnel } from "./same-funnel";

const funnel: FunnelDefinition = {
  steps: [
    { event: "Account Created", label: "Signed up" },
    { event: "Pricing", type: "page", where: [{ property: "plan", op: "equals", value: "trial" }] },
    {},
  ],
  window: { amount: 14, unit: "day" },
  range: { from: "2026-10-25", to: "2026-11-24" },
  includeAnonymous: true,
};
const [first = "", second = "", third = ""] = openDraft(funnel).rows.map(({ id }) => id);
const named = (event: string) => ({ choice: { kind: "named" as const, event }, type: undefined });
const removeStep = (draft: ReturnType<typeof openDraft>, id: string) =>
  withRows(
    draft,
    rowsOf(draft).filter((row) => row.id !== id),
    draft.nextId,
  );
const events = (draft: ReturnType<typeof openDraft>) => compileDraft(draft).funnel?.steps.map(({ event }) => event);

describe("a funnel while it is composed", () => {
  it("says what was opened", () => {
    expect(compileDraft(openDraft(funnel)).funnel).toEqual(funnel);
    expect(sameFunnel(compileDraft(openDraft(funnel)).funnel, funnel)).toBe(true);
  });

  it("leaves out steps that are not chosen and filters that are not finished, and tells which", () => {
    const draft = addStep(openDraft(funnel), { choice: { kind: "unchosen" }, type: undefined });
    const filter = { id: "f", of: "property" as const, path: null, op: "equals" as const, value: null };
    const { funnel: compiled, unfinished } = compileDraft(changeStep(draft, first, { where: [filter] }));
    expect(compiled).toEqual(funnel);
    expect([...unfinished].sort()).toEqual(["f", draft.rows[3]?.id].sort());
  });

  it("keeps a step's own name while others are moved, removed and added", () => {
    const moved = moveStep(openDraft(funnel), first, 1);
    expect(compileDraft(moved).funnel?.steps[1]).toEqual({ event: "Account Created", label: "Signed up" });
    expect(events(moveStep(moved, second, -1))).toEqual(events(moved));
    const renamed = nameStep(removeStep(moved, third), second, " Saw prices ");
    expect(events(addStep(renamed, named("Paid")))).toEqual(["Pricing", "Account Created", "Paid"]);
    expect(compileDraft(renamed).funnel?.steps[0]?.label).toBe("Saw prices");
  });

  it("is null without a step", () => {
    const empty = [first, second, third].reduce(removeStep, openDraft(funnel));
    expect(compileDraft(empty).funnel).toBeNull();
  });

  it("takes parts away", () => {
    const { range: _, ...without } = funnel;
    const compiled = compileDraft(changeRest(openDraft(funnel), { range: undefined })).funnel;
    expect(sameFunnel(compiled, without)).toBe(true);
    expect(sameFunnel(compiled, funnel)).toBe(false);
  });

  it("says a funnel of every kind as it was opened", () => {
    const full: FunnelDefinition = {
      ...funnel,
      steps: [{ event: "A" }, { event: "B", optional: true }, { event: "C" }, { event: "D" }],
      order: "strict",
      entry: "first",
      exclude: [{ event: "X" }, { event: "Y", type: "page", after: 2, before: 3 }],
      breakdown: { property: "plan", step: 3 },
      definition: { version: 1, root: { kind: "trait", trait: "plan", op: "exists" } },
    };
    expect(compileDraft(openDraft(full)).funnel).toEqual(full);
  });

  it("keeps an exclusion and a split with their steps, wherever these go", () => {
    const draft = openDraft({
      ...funnel,
      steps: ["A", "B", "C", "D"].map((event) => ({ event })),
      exclude: [{ event: "X", after: 2, before: 3 }],
      breakdown: { property: "plan", step: 2 },
    });
    const [a = "", b = "", c = ""] = draft.rows.map(({ id }) => id);
    const without = compileDraft(removeStep(draft, a)).funnel;
    expect(without?.exclude).toEqual([{ event: "X", after: 1, before: 2 }]);
    expect(without?.breakdown).toEqual({ property: "plan", step: 1 });
    const turned = compileDraft(moveStep(draft, c, -1));
    expect(turned.funnel?.exclude).toBeUndefined();
    expect([...turned.unfinished]).toEqual([draft.exclude[0]?.row.id]);
    expect(compileDraft(removeStep(draft, c)).funnel?.exclude).toEqual([{ event: "X", after: 2 }]);
    expect(compileDraft(removeStep(draft, b)).funnel?.breakdown).toBeUndefined();
  });

  it("adds, changes and removes what must not happen, which is one named event", () => {
    const added = addExclusion(openDraft(funnel), named("Refunded"));
    const id = added.exclude[0]?.row.id ?? "";
    expect(compileDraft(added).funnel?.exclude).toEqual([{ event: "Refunded" }]);
    const bounded = changeExclusion(added, id, { before: second });
    expect(compileDraft(bounded).funnel?.exclude).toEqual([{ event: "Refunded", before: 2 }]);
    const any = withRows(
      added,
      rowsOf(added).map((row) => (row.id === id ? { ...row, choice: { kind: "any" as const } } : row)),
      added.nextId,
    );
    expect(compileDraft(any)).toMatchObject({ funnel, unfinished: new Set([id]) });
    expect(removeStep(added, id).exclude).toEqual([]);
  });

  it("lets a step be skipped unless it is the first, or the order is any", () => {
    const skipped = setOptional(setOptional(openDraft(funnel), first, true), second, true);
    expect(compileDraft(skipped).funnel?.steps.map(({ optional }) => optional)).toEqual([undefined, true, undefined]);
    const anyOrder = compileDraft(changeRest(skipped, { order: "unordered" })).funnel;
    expect(anyOrder?.steps.some(({ optional }) => optional)).toBe(false);
    expect(compileDraft(setOptional(skipped, second, false)).funnel).toEqual(funnel);
  });

  it("undoes and redoes, edits of one step together", () => {
    const name = (label: string) => ({
      type: "edit" as const,
      step: "name",
      change: (draft: ReturnType<typeof openDraft>) => nameStep(draft, third, label),
    });
    const typed = ["T", "Th", "Then"].map(name).reduce(funnelHistoryReducer, openFunnelHistory(openDraft(funnel)));
    expect(typed.present.labels[third]).toBe("Then");
    const undone = funnelHistoryReducer(typed, { type: "undo" });
    expect(undone.present.labels[third]).toBe("");
    expect(funnelHistoryReducer(undone, { type: "undo" })).toBe(undone);
    expect(funnelHistoryReducer(undone, { type: "redo" }).present).toBe(typed.present);
  });
});
