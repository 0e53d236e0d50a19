import { describe, expect, it } from "vitest";
import type { SeenEvent, SeenTrait } from "@/core/api/catalogue";
import { audienceDefinition } from "@/core/audience/definition";
import { validateDefinition } from "@/core/audience/validate";
import { nearestName } from "@/core/nearest-name";
import { trialValue } from "./likely-names";
import { startersFor } from "./starters";

function seen(event: string, people: number, more: Partial<SeenEvent> = {}): SeenEvent {
  const times = { firstSeen: "2026-01-01T00:00:00.000Z", lastSeen: "2026-11-01T00:00:00.000Z" };
  return { event, type: "track", people, count: people, ...times, daily: [], properties: [], ...more };
}
function trait(name: string, type: SeenTrait["types"][number] = "text"): SeenTrait {
  return { name, types: [type], examples: [], people: 10 };
}

const sample = [
  seen("Onboarding Step Completed", 1318, { count: 4000 }),
  seen("Account Created", 4712),
  seen("Activation Milestone Reached", 1610),
  seen("Team Member Invited", 612),
  seen("Pricing", 1187, { type: "page" }),
];

describe("starters", () => {
  it("find the stuck by the workspace's own names", () => {
    const [first, ...others] = startersFor({
      events: sample,
      traits: [trait("email"), trait("plan")],
      planValues: ["team", "trial"],
    });
    expect(first).toEqual({
      id: "stuck",
      name: "Stuck before activation",
      definition: {
        version: 1,
        root: {
          kind: "all",
          conditions: [
            { kind: "event", event: "Account Created", window: { kind: "before_last", amount: 2, unit: "day" } },
            { kind: "event", event: "Activation Milestone Reached", count: { op: "exactly", value: 0 } },
            { kind: "trait", trait: "plan", op: "equals", value: "trial" },
          ],
        },
      },
    });
    expect(others.map(({ id }) => id)).toEqual(["stopped", "once", "stalled", "gone", "keen", "curious"]);
    expect(others.find(({ id }) => id === "curious")?.definition.includeAnonymous).toBe(true);
  });

  it("take what there is where no name is telling, by its people", () => {
    const [first] = startersFor({
      events: [
        seen("Course Unregistered", 900),
        seen("Course Registered", 28_000),
        seen("Assessment Submitted", 18_000),
      ],
      traits: [trait("gender")],
      planValues: [],
    });
    expect(first?.definition.root).toMatchObject({
      conditions: [{ event: "Course Registered" }, { event: "Assessment Submitted", count: { value: 0 } }],
    });
  });

  it("offer a date that comes up, and nothing in an empty workspace", () => {
    const ids = startersFor({ events: [], traits: [trait("trial_ends_at", "date")], planValues: [] }).map(
      ({ id }) => id,
    );
    expect(ids).toEqual(["ending"]);
    expect(startersFor({ events: [], traits: [], planValues: [] })).toEqual([]);
  });

  it("of every kind are definitions that the server takes", () => {
    const amount = { name: "amount", types: ["number" as const], examples: [] };
    const starters = startersFor({
      events: [...sample, seen("Order Completed", 40, { properties: [amount] })],
      traits: [trait("plan", "text"), trait("trial_ends_at", "date")],
      planValues: ["pro", "trial"],
    });
    const ids = ["stuck", "stopped", "once", "stalled", "gone", "keen", "spent", "ending", "curious"];
    expect(starters.map(({ id }) => id)).toEqual(ids);
    for (const { definition } of starters) {
      validateDefinition(audienceDefinition.parse(definition), { timeZone: "UTC", audiences: new Map() });
    }
    expect(starters.find(({ id }) => id === "spent")?.definition.root).toMatchObject({
      conditions: [{ event: "Order Completed", aggregate: { fn: "sum", property: "amount" } }],
    });
    expect(starters.find(({ id }) => id === "stopped")?.definition.root).toMatchObject({
      conditions: [{ steps: [{ event: "Account Created" }, { event: "Onboarding Step Completed" }] }],
    });
  });

  it.each([
    [["pro", "Free Trial", "free"], "Free Trial"],
    [["pro", "free"], "free"],
    [["pro", 3, null], undefined],
  ])("the trial among %j", (values, expected) => {
    expect(trialValue(values)).toBe(expected);
  });
});

describe("the name that was meant", () => {
  const names = ["Account Created", "Account Closed", "Team Member Invited"];
  it.each([
    ["Acount Created", "Account Created"],
    ["account_created", "Account Created"],
    ["AccountCreated", "Account Created"],
    ["Team Memebr Invited", "Team Member Invited"],
    ["team mem", "Team Member Invited"],
    ["Invoice Paid", undefined],
  ])("%s", (meant, expected) => {
    expect(nearestName(meant, names)).toBe(expected);
  });
});
