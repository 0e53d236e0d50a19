import { describe, expect, it } from "vitest";
import type { AudienceTree } from "../definition";
import { definitionLines } from "./definition-lines";
import { definitionPhrases, nodePhrases } from "./describe-node";
import { exactText, readingText, sentenceText } from "./phrase";

const context = { timeZone: "UTC", audienceName: (id: string) => (id === "a1" ? "Trials" : undefined) };
const sentence = (node: AudienceTree) => sentenceText(nodePhrases(node, context));

function lines(root: AudienceTree): string[] {
  return definitionLines(root, context).map(({ depth, joiner, phrases }) =>
    [
      "  ".repeat(depth),
      joiner && `${joiner} `,
      ...phrases.map(({ role, text }) => (role === "name" ? `*${text}*` : role === "absence" ? `_${text}_` : text)),
    ].join(""),
  );
}

const stuck: AudienceTree = {
  kind: "all",
  conditions: [
    { kind: "event", event: "Account Created", window: { kind: "before_last", amount: 2, unit: "day" } },
    { kind: "event", event: "Activation Milestone Reached", count: { op: "exactly", value: 0 } },
    { kind: "trait", trait: "plan", op: "equals", value: "trial" },
  ],
};

describe("a definition as lines", () => {
  it("reads as the builder writes it", () => {
    expect(lines(stuck)).toEqual([
      "who did *Account Created* more than 2 days ago",
      "and _did not_ *Activation Milestone Reached* ever",
      "and trait *plan* is trial",
    ]);
  });

  it("puts a group above what it holds, and names what it refers to", () => {
    expect(
      lines({
        kind: "any",
        conditions: [
          {
            kind: "event",
            type: "page",
            event: "Pricing",
            window: { kind: "last", amount: 14, unit: "day" },
            count: { op: "at_least", value: 3 },
            where: [
              { property: "amount", op: "gte", value: 1200 },
              { context: "app.version", op: "exists" },
            ],
          },
          { kind: "not", condition: { kind: "audience", audienceId: "a1", member: true } },
          { kind: "audience", audienceId: "gone", member: false },
          { kind: "trait", trait: "signup_date", op: "more_than_ago", value: { amount: 3, unit: "day" } },
        ],
      }),
    ).toEqual([
      "who any of",
      "  viewed page *Pricing* at least 3 times in the last 14 days where *amount* is at least 1,200 and context *app.version* has a value",
      "  or _not_",
      "    is in *Trials*",
      "  or _is not in_ *another audience*",
      "  or trait *signup_date* was more than 3 days ago",
    ]);
  });

  it("draws a sequence as its chain", () => {
    expect(
      lines({
        kind: "sequence",
        steps: [
          { event: "Account Created" },
          { event: "First Project Created", within: { amount: 7, unit: "day", of: "first" } },
          {},
        ],
        thenNot: { event: "Team Member Invited", within: { amount: 24, unit: "hour" } },
      }),
    ).toEqual([
      "who in this order",
      "  did *Account Created*",
      "  then within 7 days of the first *First Project Created*",
      "  then any event",
      "  and _then not_ *Team Member Invited* within 24 hours",
    ]);
  });
});

describe("a node as one sentence", () => {
  it.each<[string, AudienceTree]>([
    [
      'did "Account Created" more than 2 days ago, and did not "Activation Milestone Reached" ever, and trait "plan" is "trial"',
      stuck,
    ],
    [
      '(did "A", and did "B"), or not (did "C"), or all of (did "D")',
      {
        kind: "any",
        conditions: [
          {
            kind: "all",
            conditions: [
              { kind: "event", event: "A" },
              { kind: "event", event: "B" },
            ],
          },
          { kind: "not", condition: { kind: "event", event: "C" } },
          { kind: "all", conditions: [{ kind: "event", event: "D" }] },
        ],
      },
    ],
    [
      'did "A", then within 3 days page "B" where "x" is not 1 (or has no value), and then not any screen',
      {
        kind: "sequence",
        steps: [
          { event: "A" },
          {
            event: "B",
            type: "page",
            within: { amount: 3, unit: "day" },
            where: [{ property: "x", op: "not_equals", value: 1 }],
          },
        ],
        thenNot: { type: "screen" },
      },
    ],
    [
      'did "Subscription Changed" where "plan" has a value for the last time more than 7 days ago, and on it "plan" is "trial"',
      {
        kind: "event",
        event: "Subscription Changed",
        where: [{ property: "plan", op: "exists" }],
        occurrence: "last_matching",
        window: { kind: "before_last", amount: 7, unit: "day" },
        then: [{ property: "plan", op: "equals", value: "trial" }],
      },
    ],
    [
      'did not "A" for the first time this week where "n" is between 1 and 5',
      {
        kind: "event",
        event: "A",
        occurrence: "first",
        count: { op: "exactly", value: 0 },
        window: { kind: "calendar", period: "this_week" },
        where: [{ property: "n", op: "between", value: [1, 5] }],
      },
    ],
    [
      'did "Order" with a total "amount" of at least 0.3 in the last 30 days',
      {
        kind: "event",
        event: "Order",
        aggregate: { fn: "sum", property: "amount", op: "gte", value: 0.3 },
        window: { kind: "last", amount: 30, unit: "day" },
      },
    ],
    [
      'did "Order" with more than 2 different values of "sku"',
      { kind: "event", event: "Order", aggregate: { fn: "distinct", property: "sku", op: "gt", value: 2 } },
    ],
    [
      "did any event on exactly 3 different days",
      { kind: "event", aggregate: { fn: "distinct_days", op: "eq", value: 3 } },
    ],
    [
      'trait "plan" is "pro" for at least 7 days, and first seen was in the last 2 weeks',
      {
        kind: "all",
        conditions: [
          { kind: "trait", trait: "plan", op: "equals", value: "pro", heldFor: { amount: 7, unit: "day" } },
          { kind: "trait", trait: "$first_seen", op: "within_last", value: { amount: 2, unit: "week" } },
        ],
      },
    ],
    [
      'trait "at" is after Sat 21 Nov 2026 14:32',
      { kind: "trait", trait: "at", op: "after", value: "2026-11-21T14:32:00Z" },
    ],
  ])("%s", (text, node) => {
    expect(sentence(node)).toBe(text);
  });

  it("is written with quotes and ungrouped numbers where it is to be read back", () => {
    const phrases = definitionPhrases(
      {
        version: 1,
        includeAnonymous: true,
        root: {
          kind: "event",
          event: "A",
          count: { op: "at_most", value: 1200 },
          window: { kind: "since", at: "2026-11-21" },
        },
      },
      context,
    );
    expect(exactText(phrases)).toBe(
      'Known people and anonymous visitors: did "A" at most 1200 times since "2026-11-21".',
    );
    expect(readingText(phrases)).toBe(
      "Known people and anonymous visitors: did A at most 1,200 times since Sat 21 Nov 2026.",
    );
  });
});
