import { describe, expect, it } from "vitest";
import type { FunnelDefinition } from "@/core/funnel/definition";
import {
  addStep,
  changeRest,
  changeStep,
  compileDraft,
  moveStep,
  nameStep,
  openDraft,
  removeStep,
  sameFunnel,
} from "./draft";
import { funnelHistoryReducer, openFunnelHistory } from "./history";

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
