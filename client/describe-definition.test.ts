import { describe, expect, it } from "vitest";
import type { AudienceTree } from "@/core/audience/definition";
import { describeDefinition } from "./describe-definition";

const names = { timeZone: "UTC", audienceName: (id: string) => (id === "a1" ? "Trials" : "an audience that is gone") };

function read(root: AudienceTree): string[] {
  return describeDefinition(root, names).map(({ depth, joiner, phrases }) =>
    [
      "  ".repeat(depth),
      joiner && `${joiner} `,
      ...phrases.map((phrase) =>
        "text" in phrase ? phrase.text : "name" in phrase ? `*${phrase.name}*` : `_${phrase.absence}_`,
      ),
    ].join(""),
  );
}

describe("a definition as sentences", () => {
  it("reads as the builder writes it", () => {
    expect(
      read({
        kind: "all",
        conditions: [
          {
            kind: "event",
            event: "Account Created",
            window: { kind: "before_last", amount: 2, unit: "day" },
            count: { op: "at_least", value: 1 },
          },
          { kind: "event", event: "Activation Milestone Reached", count: { op: "exactly", value: 0 } },
          { kind: "trait", trait: "plan", op: "equals", value: "trial" },
        ],
      }),
    ).toEqual([
      "who did *Account Created* more than 2 days ago",
      "and _did not_ *Activation Milestone Reached* ever",
      "and trait *plan* is trial",
    ]);
  });

  it("puts a group above what it holds, and names what it refers to", () => {
    expect(
      read({
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
      "  did view page *Pricing* at least 3 times in the last 14 days where *amount* is at least 1,200 and *app.version* has a value",
      "  or _not_",
      "    is in *Trials*",
      "  or _is not in_ *an audience that is gone*",
      "  or trait *signup_date* was more than 3 days ago",
    ]);
  });

  it("draws a sequence as its chain", () => {
    expect(
      read({
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
      "  then *First Project Created* within 7 days of the first",
      "  then any event",
      "  _then not_ *Team Member Invited* within 24 hours",
    ]);
  });
});
