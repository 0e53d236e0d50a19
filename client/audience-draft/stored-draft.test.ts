import { beforeEach, expect, it } from "vitest";
import { emptyDraft } from "./draft";
import { addSentence, traitSentence } from "./new-row";
import { type DraftStorage, forgetDraft, keepDraft, readDraft } from "./stored-draft";

const entries = new Map<string, string>();
const storage: DraftStorage = {
  getItem: (key) => entries.get(key) ?? null,
  setItem: (key, value) => void entries.set(key, value),
  removeItem: (key) => void entries.delete(key),
};
const { draft } = addSentence(emptyDraft, traitSentence("plan"), { groupId: null, index: 0 });

beforeEach(() => entries.clear());

it("comes back as it was left, each audience's its own", () => {
  keepDraft(storage, "a1", { version: 4, name: "Stuck", draft });
  expect(readDraft(storage, "a1")).toEqual({ version: 4, name: "Stuck", draft });
  expect(readDraft(storage, null)).toBeUndefined();
  forgetDraft(storage, "a1");
  expect(readDraft(storage, "a1")).toBeUndefined();
});

it.each(["", "{", "null", '{"format":0}', '{"format":1,"version":1,"name":"x","draft":{"rows":[{}]}}'])(
  "is forgotten when it cannot be read: %s",
  (text) => {
    entries.set("foothold.draft.new", text);
    expect(readDraft(storage, null)).toBeUndefined();
  },
);

it("goes on without a storage that takes anything", () => {
  const full: DraftStorage = {
    ...storage,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  expect(() => keepDraft(full, null, { version: 0, name: "", draft })).not.toThrow();
});
