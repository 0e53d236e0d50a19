import type { JsonObject } from "../../core/event/message";
import { Refusal } from "../../core/event/refusal";
import { type CompiledPlan, checkMessage } from "../../core/tracking-plan/check";
import type { Enforcement } from "../../core/tracking-plan/definition";
import { dropViolating } from "../../core/tracking-plan/drop-values";
import type { Violation } from "../../core/tracking-plan/violation";
import { jsonText } from "./json-text";
import type { Message } from "./message";
import { planField } from "./normalize";

/** The tracking plan as it is asked of one source. */
export interface ActivePlan {
  readonly plan: CompiledPlan;
  /** What happens to messages that violate a rule which leaves that to the source. */
  readonly violations: Enforcement;
  readonly unplannedEvents: Exclude<Enforcement, "drop">;
}

/** A message after the plan was asked. */
export interface Planned {
  /** The message as it is stored, or why it is held back. */
  readonly read: Message | Refusal;
  readonly violations: readonly Violation[];
  readonly enforced: Enforcement | null;
}

/** Asks the plan about a message. `values`: its properties or traits as they were sent. */
export function askPlan(active: ActivePlan, message: Message, values: JsonObject): Planned {
  const { violations, onViolation } = checkMessage(active.plan, message.type, message.event, values);
  if (violations.length === 0) return { read: message, violations, enforced: null };
  const isUnplanned = violations[0]?.kind === "unplanned_event";
  const enforced = isUnplanned ? active.unplannedEvents : (onViolation ?? active.violations);
  if (enforced === "block") return { read: refusalOf(violations), violations, enforced };
  const found = violations.map(({ kind, property, message: words }) => ({ kind, property, message: words }));
  if (enforced === "mark") {
    return { read: { ...message, extra: marked(message.extra, { violations: found }) }, violations, enforced };
  }
  const { kept, dropped } = dropViolating(values, violations);
  const extra = marked(message.extra, { violations: found, dropped });
  return { read: { ...message, properties: jsonText(kept), extra }, violations, enforced };
}

function refusalOf(violations: readonly Violation[]): Refusal {
  const [first] = violations;
  const more = violations.length > 1 ? ` And ${violations.length - 1} more.` : "";
  return new Refusal(
    "blocked_by_plan",
    `Held back by the tracking plan: ${first?.message ?? ""}${more}`,
    first?.property,
  );
}

/** JSON of an object with one member more. */
function marked(object: string, found: object): string {
  const member = `${JSON.stringify(planField)}:${jsonText(found)}`;
  return object === "{}" ? `{${member}}` : `${object.slice(0, -1)},${member}}`;
}
