import { beforeEach, expect, it } from "vitest";
import { emptyDraft } from "./draft";
import { addSentence, eventSentence, traitSentence } from "./new-row";
import { type DraftStorage, forgetDraft, keepDraft, readDraft } from "./stored-draft";
import { toDefinition } from "./to-definition";

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

it("of the first format opens in the shape of today", () => {
  const sequence = {
    kind: "sequence",
    steps: [{ event: "A" }, { event: "B", within: { amount: 7, unit: "day" } }],
    thenNot: { event: "C" },
  };
  const event = { choice: { kind: "named", event: "A" }, where: [], count: { op: "exactly", value: 0 } };
  const old = {
    format: 1,
    version: 3,
    name: "Old",
    draft: {
      includeAnonymous: true,
      nextId: 6,
      rows: [
        { kind: "event", id: "r1", ...event, window: { kind: "last", amount: 7, unit: "day" } },
        {
          kind: "group",
          id: "r2",
          mode: "any",
          rows: [
            { kind: "trait", id: "r3", trait: "plan", op: "equals", value: "trial" },
            { kind: "sequence", id: "r4", negated: true, node: sequence },
            { kind: "audience", id: "r5", audienceId: "a", member: true },
          ],
        },
      ],
    },
  };
  entries.set("foothold.draft.a1", JSON.stringify(old));
  const opened = readDraft(storage, "a1");
  expect(opened).toMatchObject({ version: 3, name: "Old" });
  expect(opened && toDefinition(opened.draft).definition).toEqual({
    version: 1,
    includeAnonymous: true,
    root: {
      kind: "all",
      conditions: [
        {
          kind: "event",
          event: "A",
          window: { kind: "last", amount: 7, unit: "day" },
          count: { op: "exactly", value: 0 },
        },
        {
          kind: "any",
          conditions: [
            { kind: "trait", trait: "plan", op: "equals", value: "trial" },
            { kind: "not", condition: sequence },
            { kind: "audience", audienceId: "a", member: true },
          ],
        },
      ],
    },
  });
});

it("keeps what is still to be entered", () => {
  const window = { kind: "last", amount: 0, unit: "day" } as const;
  const unfinished = { ...draft, rows: [{ ...eventSentence("A"), id: "r1", window }] };
  keepDraft(storage, null, { version: 0, name: "", draft: unfinished });
  expect(readDraft(storage, null)?.draft.rows[0]).toMatchObject({ window: { amount: 0 } });
});

it("goes on without a storage that takes anything", () => {
  const full: DraftStorage = {
    ...storage,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  expect(() => keepDraft(full, null, { version: 0, name: "", draft })).not.toThrow();
});
