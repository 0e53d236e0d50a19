import { assertNever } from "../errors";
import type { EventType } from "../event/message";
import type { FunnelStep } from "./rules";

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
