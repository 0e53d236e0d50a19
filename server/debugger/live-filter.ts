import type { LiveFilter } from "../../core/api/debugger";
import { namesOf } from "./arrived-message";
import type { LiveItem } from "./live-messages";

/** Tells whether a message is one of those that are asked for. */
export function liveTest({ sourceId, event, user, type, verdict }: LiveFilter): (item: LiveItem) => boolean {
  const part = event?.trim().toLowerCase();
  const id = user?.trim();
  return ({ source, outcome }) => {
    if (sourceId !== undefined && source !== sourceId) return false;
    if (verdict === "violating") {
      if (outcome.violations.length === 0) return false;
    } else if (verdict !== undefined && outcome.verdict !== verdict) return false;
    if (!part && !id && type === undefined) return true;
    const names = namesOf(outcome);
    if (type !== undefined && names.type !== type) return false;
    if (part && !names.event.toLowerCase().includes(part)) return false;
    return !id || names.userId === id || names.anonymousId === id;
  };
}
