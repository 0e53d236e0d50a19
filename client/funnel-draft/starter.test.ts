import { expect, it } from "vitest";
import type { SeenEvent } from "@/core/api/catalogue";
import { starterFunnel } from "./starter";

function seen(event: string, people: number, count = people, type: SeenEvent["type"] = "track"): SeenEvent {
  const at = "2026-11-01T00:00:00.000Z";
  return { event, type, people, count, firstSeen: at, lastSeen: at, daily: [], properties: [] };
}

it("goes from signing up to the milestone, by way of what people do once", () => {
  const events = [
    seen("Activation Milestone Reached", 300),
    seen("Task Completed", 700, 9_000),
    seen("Pricing", 900, 900, "page"),
    seen("Team Member Invited", 400),
    seen("First Project Created", 800),
    seen("Export Made", 100),
    seen("Account Created", 1_000),
  ];
  expect(starterFunnel(events)).toEqual({
    steps: ["Account Created", "First Project Created", "Team Member Invited", "Activation Milestone Reached"].map(
      (event) => ({ event }),
    ),
    window: { amount: 14, unit: "day" },
  });
});

it("is nothing while fewer than two events have been seen", () => {
  expect(starterFunnel([])).toBeUndefined();
  expect(starterFunnel([seen("Account Created", 5)])).toBeUndefined();
});
