import { beforeEach, expect, it } from "vitest";
import type { FunnelDefinition } from "@/core/funnel/definition";
import { addStep } from "./edits";
import { openDraft } from "./open";
import { forgetFunnelDraft, keepFunnelDraft, readFunnelDraft } from "./stored-draft";

const entries = new Map<string, string>();
const storage = {
  getItem: (key: string) => entries.get(key) ?? null,
  setItem: (key: string, value: string) => void entries.set(key, value),
  removeItem: (key: string) => void entries.delete(key),
};
const base: FunnelDefinition = { steps: [{ event: "A" }], window: null, exclude: [], breakdown: { trait: "plan" } };
const draft = addStep(openDraft(base), { choice: { kind: "unchosen" }, type: undefined });

beforeEach(() => entries.clear());

it("comes back as it was left, unfinished steps too, each funnel's its own", () => {
  keepFunnelDraft(storage, "f1", { base, name: "Activation", draft });
  expect(readFunnelDraft(storage, "f1")).toEqual({ base, name: "Activation", draft });
  expect(readFunnelDraft(storage, null)).toBeUndefined();
  forgetFunnelDraft(storage, "f1");
  expect(readFunnelDraft(storage, "f1")).toBeUndefined();
});

it.each(["", "{", "null", '{"format":0}', '{"format":1,"name":"x","base":{},"draft":{}}'])(
  "is forgotten when it cannot be read: %s",
  (text) => {
    entries.set("foothold.funnel-draft.new", text);
    expect(readFunnelDraft(storage, null)).toBeUndefined();
  },
);

it("goes on without a storage that takes anything", () => {
  const full = {
    ...storage,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  expect(() => keepFunnelDraft(full, null, { base, name: "", draft })).not.toThrow();
});
