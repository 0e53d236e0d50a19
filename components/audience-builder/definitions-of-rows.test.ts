import { expect, test } from "vitest";
import { fromDefinition } from "@/client/audience-draft/from-definition";
import { toDefinition } from "@/client/audience-draft/to-definition";
import type { AccountTree, AudienceTree } from "@/core/audience/definition";
import { definitionsOfRows } from "./definitions-of-rows";

const did = (event: string): AudienceTree => ({ kind: "event", event });
const plan: AccountTree = { kind: "trait", trait: "plan", op: "equals", value: "trial" };
const paid: AccountTree = { kind: "person", condition: did("Paid") };
const any = (...conditions: AudienceTree[]): AudienceTree => ({ kind: "any", conditions });

function rootsOf(conditions: AudienceTree[], pick: (rows: ReturnType<typeof fromDefinition>["rows"]) => string) {
  const draft = fromDefinition({ version: 1, root: { kind: "all", conditions } });
  const rowId = pick(draft.rows);
  const { aloneOf, downTo } = definitionsOfRows(draft, toDefinition(draft));
  return { alone: aloneOf(rowId)?.root, downTo: downTo(rowId)?.root };
}

function inner(rows: ReturnType<typeof fromDefinition>["rows"], group: number, index: number): string {
  const row = rows[group];
  const child = row?.kind === "group" ? row.rows[index] : undefined;
  if (!child) throw new Error("There is no such row");
  return child.id;
}

test("a row of an account is asked of an account, also alone", () => {
  const account: AudienceTree = { kind: "account", condition: { kind: "all", conditions: [plan, paid] } };
  const found = rootsOf([did("Seen"), account], (rows) => inner(rows, 1, 1));
  expect(found).toEqual({
    alone: { kind: "all", conditions: [{ kind: "account", condition: paid }] },
    downTo: { kind: "all", conditions: [did("Seen"), account] },
  });
  const first = rootsOf([did("Seen"), account], (rows) => inner(rows, 1, 0));
  expect(first.downTo).toEqual({ kind: "all", conditions: [did("Seen"), { kind: "account", condition: plan }] });
});

test("down to a row of an any-of nothing is asked but the row and what comes before the group", () => {
  const found = rootsOf([did("Seen"), any(did("A"), did("B"))], (rows) => inner(rows, 1, 1));
  expect(found.alone).toEqual({ kind: "all", conditions: [did("B")] });
  expect(found.downTo).toEqual({
    kind: "all",
    conditions: [did("Seen"), { kind: "all", conditions: [did("B")] }],
  });
});
