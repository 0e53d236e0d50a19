import type { SeenEvent } from "@/core/api/catalogue";
import type { FunnelDefinition } from "@/core/funnel/definition";
import { milestoneEvent, signUpEvent } from "../audience-draft/likely-names";

export const starterName = "Sign-up to activation";

/** How often people do what they do once at most: a step on the way, not a habit that comes after it. */
const oncePerPerson = 1.2;

/**
 * From signing up to the first moment of value in the workspace's own names, with up to three steps between: events that
 * people do once, fewer of them than signed up and more than got there. Undefined where fewer than two events have been
 * seen.
 */
export function starterFunnel(events: readonly SeenEvent[]): FunnelDefinition | undefined {
  const first = signUpEvent(events);
  const last = milestoneEvent(events);
  if (!first || !last) return undefined;
  const between = events
    .filter(({ type, people, count }) => {
      return type === "track" && people < first.people && people > last.people && count <= people * oncePerPerson;
    })
    .toSorted((a, b) => b.people - a.people)
    .slice(0, 3);
  return {
    steps: [first, ...between, last].map(({ event }) => ({ event })),
    window: { amount: 14, unit: "day" },
  };
}
