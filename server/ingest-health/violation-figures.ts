import type { JsonValue } from "../../core/event/message";
import type { Violation } from "../../core/tracking-plan/violation";
import type { InsertRow } from "../event-store/event-store";
import { storedMoment } from "../event-store/stored-moment";
import type { Outcome } from "../ingest/intake";

/** Of each group this many messages are shown. */
const maxExamples = 3;
/** Groups at once: past that their names are let go, for a sender may make up as many as it likes. */
const maxGroups = 5_000;
const hourMs = 3_600_000;
const maxValueLength = 300;

interface Group {
  row: { hour: number; source: string; type: string; event: string; property: string; kind: string; enforced: string };
  messages: number;
  firstAt: number;
  lastAt: number;
  examples: string[];
}

/** Under this name stand the groups of those whose names were too many to tell apart. */
const otherNames = "(other names)";

/** What goes against the plan, in groups, until it is written down. */
export class ViolationFigures {
  #groups = new Map<string, Group>();

  add(source: string, outcome: Outcome): void {
    for (const violation of outcome.violations) this.#note(source, outcome, violation);
  }

  /** The groups as rows of `plan_violations`, and begins again. */
  take(): InsertRow[] {
    const groups = [...this.#groups.values()];
    this.#groups = new Map();
    return groups.map(({ row, messages, firstAt, lastAt, examples }) => ({
      ...row,
      messages,
      first_at: storedMoment(firstAt),
      last_at: storedMoment(lastAt),
      examples,
    }));
  }

  #note(source: string, { arrived, message, enforced }: Outcome, { kind, property, value, message: words }: Violation) {
    const { receivedAt, raw } = arrived;
    const { type, event, messageId, userId, anonymousId } = message ?? namesOf(raw, arrived.around.type);
    const group = this.#groupOf({
      hour: Math.floor(receivedAt / hourMs) * 3_600,
      source,
      type,
      event,
      property,
      kind,
      enforced: enforced ?? "mark",
    });
    group.messages++;
    group.firstAt = Math.min(group.firstAt, receivedAt);
    group.lastAt = Math.max(group.lastAt, receivedAt);
    if (group.examples.length >= maxExamples) return;
    const shown = value === undefined ? null : shortened(value);
    const example = { at: receivedAt, messageId, userId, anonymousId, message: words, value: shown };
    group.examples.push(JSON.stringify(example));
  }

  #groupOf(row: Group["row"]): Group {
    let key = Object.values(row).join("\0");
    const isNew = !this.#groups.has(key);
    const shared = { ...row, event: otherNames, property: "" };
    if (isNew && this.#groups.size >= maxGroups) key = Object.values(shared).join("\0");
    let group = this.#groups.get(key);
    if (group === undefined) {
      const isShared = this.#groups.size >= maxGroups;
      group = { row: isShared ? shared : row, messages: 0, firstAt: Infinity, lastAt: 0, examples: [] };
      this.#groups.set(key, group);
    }
    return group;
  }
}

interface Names {
  type: string;
  event: string;
  messageId: string;
  userId: string;
  anonymousId: string;
}

/** Of a message that was held back, so that none was made of it. */
function namesOf(raw: unknown, type: string | undefined): Names {
  const fields: Record<string, unknown> = typeof raw === "object" && raw !== null ? { ...raw } : {};
  const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
  return {
    type: type ?? text(fields.type),
    event: text(fields.event ?? fields.name),
    messageId: text(fields.messageId),
    userId: text(fields.userId),
    anonymousId: text(fields.anonymousId),
  };
}

function shortened(value: JsonValue): JsonValue {
  const text = JSON.stringify(value);
  return text.length > maxValueLength ? `${text.slice(0, maxValueLength)}…` : value;
}
