import { assertNever } from "../errors";
import type { EventType } from "../event/message";
import type { FunnelRules, FunnelStep } from "./rules";

/** What the steps are called in an answer: in any order step k is not one of them, but k of them. */
export function stepLabels({ steps, order }: Pick<FunnelRules, "steps" | "order">): string[] {
  if (order !== "unordered") return steps.map(stepLabel);
  return steps.map((_, done) =>
    done + 1 < steps.length ? `Any ${done + 1} of ${steps.length}` : `All ${steps.length}`,
  );
}

/** What a step is called: its own label, else the event's name. */
export function stepLabel({ label, event, type }: FunnelStep): string {
  const own = label?.trim();
  if (own) return own;
  return event ?? anyEvent(type);
}

function anyEvent(type: EventType | undefined): string {
  switch (type) {
    case undefined:
      return "Any event";
    case "track":
      return "Any track event";
    case "page":
      return "Any page";
    case "screen":
      return "Any screen";
    default:
      return assertNever(type);
  }
}
