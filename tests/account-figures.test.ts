import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { type ConditionCount, previewAudience } from "@/core/api/audiences";
import type { AccountTree, AudienceTree } from "@/core/audience/definition";
import { openTestApp, type TestApp } from "./support/app";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  const { body } = await app.call("POST", "/api/sources", { name: "Server" });
  const { writeKey } = z.object({ writeKey: z.string() }).parse(body);
  // Twelve people of four accounts, each account with a plan and a size; every third person of an account paid.
  const timestamp = new Date(Date.now() - 60_000).toISOString();
  const batch = Array.from({ length: 12 }, (_, index) => {
    const userId = `person-${index}`;
    const groupId = `account-${index % 4}`;
    const traits = { plan: index % 2 === 0 ? "trial" : "paid", size: (index % 4) * 10 };
    return [
      { type: "group", userId, groupId, traits, timestamp, messageId: `${userId} group` },
      ...(index % 3 === 0 ? [{ type: "track", userId, event: "Paid", timestamp, messageId: `${userId} paid` }] : []),
      ...(index === 5 ? [{ type: "track", userId, event: "Invited", timestamp, messageId: `${userId} invited` }] : []),
    ];
  }).flat();
  expect((await app.call("POST", "/v1/batch", { writeKey, batch })).status).toBe(200);
});
afterAll(() => app.close());

const plan = (value: string): AccountTree => ({ kind: "trait", trait: "plan", op: "equals", value });
const large: AccountTree = { kind: "trait", trait: "size", op: "gte", value: 10 };
const somebody = (event: string): AccountTree => ({ kind: "person", condition: { kind: "event", event } });

async function preview(root: AudienceTree) {
  const { status, body } = await app.call("POST", "/api/audiences/preview", {
    definition: { version: 1, root },
    conditions: true,
  });
  expect(status).toBe(200);
  return previewAudience.answer.parse(body);
}

async function countOf(condition: AccountTree, ...before: AudienceTree[]): Promise<number> {
  return (await preview({ kind: "all", conditions: [...before, { kind: "account", condition }] })).count;
}

test("every condition on an account has its own figures: those of accounts that fit it, and so much of the group", async () => {
  const before: AudienceTree = { kind: "event", event: "Paid" };
  const any: AccountTree = { kind: "any", conditions: [somebody("Invited"), plan("trial"), large] };
  const condition: AccountTree = {
    kind: "all",
    conditions: [large, any, { kind: "not", condition: somebody("Paid") }],
  };
  const root: AudienceTree = { kind: "all", conditions: [before, { kind: "account", condition }] };
  const { conditions = [] } = await preview(root);
  const at = "root.conditions[1].condition.conditions";
  const figures = new Map(
    conditions.map(({ path, ...figure }): [string, Omit<ConditionCount, "path">] => [path, figure]),
  );
  expect([...figures.keys()]).toEqual([
    "root",
    "root.conditions[0]",
    "root.conditions[1]",
    `${at}[0]`,
    `${at}[1]`,
    ...[0, 1, 2].map((index) => `${at}[1].conditions[${index}]`),
    `${at}[2]`,
    `${at}[2].condition`,
  ]);
  const [first, second, third] = condition.kind === "all" ? condition.conditions : [];
  if (!first || !second || !third || any.kind !== "any") throw new Error("As written above");
  const both: AccountTree = { kind: "all", conditions: [first, second] };
  expect(figures.get(`${at}[0]`)).toEqual({ count: await countOf(first), left: await countOf(first, before) });
  expect(figures.get(`${at}[1]`)).toEqual({ count: await countOf(second), left: await countOf(both, before) });
  expect(figures.get(`${at}[2]`)).toEqual({ count: await countOf(third), left: await countOf(condition, before) });
  expect(figures.get(`${at}[2].condition`)).toEqual({ count: await countOf(somebody("Paid")) });
  const upTo = (count: number): AccountTree => ({
    kind: "all",
    conditions: [first, { kind: "any", conditions: any.conditions.slice(0, count) }],
  });
  for (const [index, child] of any.conditions.entries()) {
    const earlier = index === 0 ? 0 : await countOf(upTo(index), before);
    const adds = (await countOf(upTo(index + 1), before)) - earlier;
    expect(figures.get(`${at}[1].conditions[${index}]`)).toEqual({ count: await countOf(child), adds });
  }
});

test("a lone condition on an account says what is left of it", async () => {
  const { conditions, count } = await preview({ kind: "account", condition: plan("trial") });
  expect(conditions).toEqual([
    { path: "root", count },
    { path: "root.condition", count, left: count },
  ]);
  expect(count).toBe(6);
});
