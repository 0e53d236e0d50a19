import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAudience } from "@/core/api/audiences";
import { explainProfile } from "@/core/api/profiles";
import type { AudienceTree } from "@/core/audience/definition";
import { openTestApp, type TestApp } from "@/tests/support/app";
import { storeIdentities, storeMessages } from "@/tests/support/stored-people";
import { audiencesOf } from "./audiences-of";

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 23, 12);
const asOf = new Date(now).toISOString();
const iso = (moment: number) => new Date(moment).toISOString();

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  const { eventStore } = app.services;
  await storeIdentities(eventStore, [1, 2, 5, 7]);
  await storeIdentities(eventStore, [3], false);
  await storeMessages(eventStore, [
    { profile: 1, timestamp: now - 3 * day, event: "Account Created", properties: { via: "ad", noise: "x" } },
    { profile: 1, timestamp: now - 2 * day, type: "identify", properties: { plan: "trial", city: "Ulm" } },
    { profile: 1, timestamp: now - day, event: "Invite Sent" },
    { profile: 1, timestamp: now - hour, event: "Invite Sent" },
    { profile: 1, timestamp: now + 2 * hour, event: "Activated" },
    { profile: 3, timestamp: now - day, type: "page", event: "Home" },
    { profile: 5, timestamp: now + day, event: "Account Created" },
    { profile: 7, timestamp: now - day, type: "identify", properties: JSON.parse('{"__proto__":{"a":1}}') },
  ]);
  await eventStore.insert("profile_merges", [{ profile: 9, into: 1, arrival: 9_000, merged_at: now }]);
});
afterAll(() => app.close());

async function explained(id: string, root: AudienceTree, rest: object = {}) {
  const body = { definition: { version: 1, root, ...rest }, asOf };
  const answer = await app.call("POST", `/api/profiles/${id}/explain`, body);
  expect(answer).toMatchObject({ status: 200 });
  return explainProfile.answer.parse(answer.body);
}

const all = (...conditions: AudienceTree[]): AudienceTree => ({ kind: "all", conditions });
const created: AudienceTree = {
  kind: "event",
  event: "Account Created",
  window: { kind: "before_last", amount: 2, unit: "day" },
};
const never: AudienceTree = { kind: "event", event: "Activated", count: { op: "exactly", value: 0 } };
const onTrial: AudienceTree = { kind: "trait", trait: "plan", op: "equals", value: "trial" };

describe("why a person is in", () => {
  test("a condition on accounts names the account, since when the person belongs to it, and who of it did what", async () => {
    const { eventStore } = app.services;
    await storeIdentities(eventStore, [21, 22, 23]);
    await storeMessages(eventStore, [
      {
        profile: 21,
        timestamp: now - 3 * day,
        type: "group",
        groupId: "g1",
        properties: { name: "Acme", plan: "trial" },
      },
      { profile: 21, timestamp: now - 2 * day, type: "group", groupId: "g2", properties: { plan: "paid" } },
      { profile: 22, timestamp: now - 2 * day, type: "group", groupId: "g1" },
      { profile: 22, timestamp: now - hour, event: "Invite Sent" },
    ]);
    const account = (plan: string): AudienceTree => ({
      kind: "account",
      condition: {
        kind: "all",
        conditions: [
          { kind: "trait", trait: "plan", op: "equals", value: plan },
          {
            kind: "person",
            condition: { kind: "event", event: "Invite Sent", window: { kind: "last", amount: 1, unit: "day" } },
          },
        ],
      },
    });
    expect(await explained("p21", account("trial"))).toMatchObject({
      member: true,
      nextChangeAt: iso(now - hour + day + 1),
      node: {
        kind: "account",
        holds: true,
        sentence:
          'belongs to an account where (trait "plan" is "trial", and some person (did "Invite Sent" in the last 1 day))',
        found: "belongs to “Acme” (g1)",
        evidence: [{ type: "group", timestamp: iso(now - 3 * day), note: "came to belong to it" }],
        children: [
          {
            path: "root.condition",
            children: [
              {
                path: "root.condition.conditions[0]",
                found: "is trial",
                evidence: [{ type: "group", value: "trial" }],
              },
              {
                path: "root.condition.conditions[1]",
                kind: "person",
                found: "user-22",
                children: [
                  {
                    path: "root.condition.conditions[1].condition",
                    found: "1 time",
                    evidence: [{ event: "Invite Sent" }],
                  },
                ],
              },
            ],
          },
        ],
      },
    });
    expect(await explained("p21", account("paid"))).toMatchObject({
      member: false,
      nextChangeAt: null,
      node: {
        found: "belongs to “g2”; 1 further account did not fit either",
        children: [{ children: [{ found: "is paid" }, { found: "nobody among the one person of the account" }] }],
      },
    });
  });

  test("a trait may have any name", async () => {
    const path = { kind: "trait", trait: "__proto__.a", op: "equals", value: 1 } as const;
    expect(await explained("p7", path)).toMatchObject({ member: true });
    expect(await explained("p1", path)).toMatchObject({ member: false });
  });

  test("each condition says what it asks, whether it holds, and by which messages; and when that ends", async () => {
    expect(await explained("p1", all(created, never, onTrial))).toMatchObject({
      member: true,
      asOf,
      excluded: null,
      nextChangeAt: iso(now + 2 * hour),
      node: {
        path: "root",
        kind: "all",
        holds: true,
        sentence:
          'did "Account Created" more than 2 days ago, and did not "Activated" ever, and trait "plan" is "trial"',
        children: [
          {
            path: "root.conditions[0]",
            holds: true,
            found: "1 time",
            evidence: [
              { event: "Account Created", type: "track", timestamp: iso(now - 3 * day), messageId: expect.any(String) },
            ],
            evidenceCount: 1,
          },
          { path: "root.conditions[1]", holds: true, found: "never", evidence: [], evidenceCount: 0 },
          {
            path: "root.conditions[2]",
            holds: true,
            found: "is trial",
            evidence: [{ type: "identify", timestamp: iso(now - 2 * day), value: "trial" }],
          },
        ],
      },
    });
  });

  test("and why one is not: what came nearest, and what is missing", async () => {
    const recent: AudienceTree = {
      kind: "event",
      event: "Account Created",
      window: { kind: "last", amount: 1, unit: "day" },
    };
    const answer = await explained("p9", { kind: "any", conditions: [recent, { kind: "not", condition: onTrial }] });
    expect(answer).toMatchObject({ member: false, nextChangeAt: null, node: { holds: false } });
    expect(answer.node.children).toMatchObject([
      {
        holds: false,
        found: "never",
        evidence: [],
        considered: [{ event: "Account Created", timestamp: iso(now - 3 * day), note: "outside the time" }],
      },
      {
        path: "root.conditions[1]",
        holds: false,
        children: [{ path: "root.conditions[1].condition", holds: true, found: "is trial" }],
      },
    ]);
  });

  test("a sequence shows its chain, and what ended it", async () => {
    const chain: AudienceTree = {
      kind: "sequence",
      steps: [{ event: "Account Created" }, { event: "Invite Sent", within: { amount: 3, unit: "day" } }],
      thenNot: { event: "Activated", within: { amount: 1, unit: "day" } },
    };
    expect(await explained("p1", chain)).toMatchObject({
      member: false,
      nextChangeAt: iso(now + 1),
      node: {
        holds: false,
        evidence: [
          { event: "Invite Sent", note: "step 2" },
          { event: "Account Created", note: "step 1" },
        ],
      },
    });
  });

  test("a figure of a funnel is asked with the property that tells its groups apart", async () => {
    const figure = (value: string): AudienceTree => ({
      kind: "funnel",
      funnel: {
        steps: [{ event: "Account Created" }, { event: "Activated" }],
        window: { amount: 7, unit: "day" },
        breakdown: { property: "via", step: 1 },
      },
      step: 1,
      outcome: "dropped",
      group: { value },
    });
    expect(await explained("p1", figure("ad"))).toMatchObject({
      member: true,
      nextChangeAt: iso(now + 2 * hour),
      node: { found: "got to step 1 of 2, and still has time", evidence: [{ event: "Account Created" }] },
    });
    expect(await explained("p1", figure("post"))).toMatchObject({ member: false, nextChangeAt: null });
  });

  test("an audience that is referred to is opened", async () => {
    const made = await app.call("POST", "/api/audiences", {
      name: "Trials",
      definition: { version: 1, root: onTrial },
    });
    const { id } = createAudience.answer.parse(made.body);
    const answer = await explained("p1", { kind: "audience", audienceId: id, member: true });
    expect(answer.node).toMatchObject({
      holds: true,
      sentence: 'is in "Trials"',
      children: [{ path: "root.audience.root", holds: true, evidence: [{ value: "trial" }] }],
    });
  });

  test("the audiences of a person are the same where the history is too long to be held", async () => {
    const { services } = app;
    for (const [name, root] of Object.entries({
      Stuck: all(created, never),
      "Long gone": { ...created, event: "X" },
    })) {
      const saved = await app.call("POST", "/api/audiences", { name, definition: { version: 1, root } });
      expect(saved.status).toBe(201);
    }
    const held = await audiencesOf(services, 1, now);
    expect(held.map(({ name }) => name)).toEqual(["Stuck", "Trials"]);
    expect(await audiencesOf(services, 1, now, { most: 1 })).toEqual(held);
  });

  test("who cannot be in at all is told so", async () => {
    const everyone: AudienceTree = { kind: "event", count: { op: "at_least", value: 0 } };
    expect(await explained("p3", everyone)).toMatchObject({
      member: false,
      excluded: "Anonymous so far, and anonymous visitors are left out.",
      node: { holds: true },
    });
    expect(await explained("p3", everyone, { includeAnonymous: true })).toMatchObject({ member: true, excluded: null });
    expect(await explained("p5", everyone)).toMatchObject({
      member: false,
      excluded: "There was no message of this person yet.",
      nextChangeAt: iso(now + day),
    });
  });

  test("a long history is told in part, with how many there were", async () => {
    await storeIdentities(app.services.eventStore, [4]);
    await storeMessages(
      app.services.eventStore,
      Array.from({ length: 300 }, (_, index) => ({
        profile: 4,
        timestamp: now - 20 * day + index * hour,
        event: "Seen",
      })),
    );
    const answer = await explained("p4", {
      kind: "event",
      event: "Seen",
      window: { kind: "last", amount: 10, unit: "day" },
      count: { op: "at_least", value: 50 },
    });
    // From hour 240 on, 60 of 300; the 50th from the end leaves the window ten days after it happened.
    expect(answer).toMatchObject({ member: true, nextChangeAt: iso(now - 20 * day + 250 * hour + 10 * day + 1) });
    expect(answer.node.evidence).toHaveLength(10);
    expect(answer.node).toMatchObject({ evidenceCount: 60, found: "60 times" });
    expect(answer.node.evidence?.[0]?.timestamp).toBe(iso(now - 20 * day + 299 * hour));
  });
});

describe("bad input", () => {
  test.each([
    ["p77", { definition: { version: 1, root: onTrial } }, 404, "id"],
    ["nobody", { definition: { version: 1, root: onTrial } }, 404, "id"],
    [
      "p1",
      { definition: { version: 1, root: { kind: "audience", audienceId: "x", member: true } } },
      400,
      "definition.root.audienceId",
    ],
    [
      "p1",
      { definition: { version: 1, root: { kind: "event", count: { op: "often", value: 1 } } } },
      400,
      "definition.root.count.op",
    ],
    ["p1", { definition: { version: 1, root: onTrial }, asOf: "yesterday" }, 400, "asOf"],
    ["p1", {}, 400, "definition"],
  ])("%s %j", async (id, body, status, path) => {
    const answer = await app.call("POST", `/api/profiles/${id}/explain`, body);
    expect(answer).toMatchObject({ status, body: { error: { path } } });
  });
});
