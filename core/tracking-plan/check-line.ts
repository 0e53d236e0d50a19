import type { JsonObject, JsonValue, MessageType } from "../event/message";
import { messageTypes } from "../event/message";
import { nearestName } from "../nearest-name";
import { type CompiledPlan, checkMessage } from "./check";
import type { PlanDefinition } from "./definition";
import type { ViolationKind } from "./violation";

/** Something that is wrong with a message of a file. */
export interface Finding {
  /** Name of the event, or the call. */
  readonly event: string;
  readonly kind: ViolationKind | "not_a_message";
  /** "" where it is the message as a whole. */
  readonly property: string;
  readonly message: string;
  /** A planned name that was probably meant. */
  readonly nearest?: string;
}

const types: ReadonlySet<unknown> = new Set(messageTypes);
const isType = (value: unknown): value is MessageType => types.has(value);
const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Checks lines of NDJSON against a plan: each is a message, or a batch of them as the ingest API takes it. */
export class LineCheck {
  readonly #names: readonly string[];
  #messages = 0;

  constructor(
    readonly plan: CompiledPlan,
    { rules }: PlanDefinition,
  ) {
    this.#names = rules.flatMap(({ type, event }) => (type === "track" && event !== undefined ? [event] : []));
  }

  /** How many messages there were so far. */
  get messages(): number {
    return this.#messages;
  }

  /** What is wrong with the messages of a line; an empty line holds none. */
  check(line: string): Finding[] {
    if (line.trim() === "") return [];
    let value: JsonValue;
    try {
      value = JSON.parse(line);
    } catch (error) {
      const why = error instanceof Error ? error.message : "it cannot be read";
      return [notAMessage(`The line is not JSON: ${why}.`)];
    }
    const batch = isObject(value) && Array.isArray(value.batch) ? value.batch : [value];
    return batch.flatMap((message) => this.#checkOne(message));
  }

  #checkOne(message: JsonValue): Finding[] {
    this.#messages++;
    if (!isObject(message)) return [notAMessage("A message must be a JSON object.")];
    const { type } = message;
    if (!isType(type)) return [notAMessage(`type must be one of ${messageTypes.join(", ")}.`)];
    const values = type === "identify" || type === "group" ? message.traits : message.properties;
    const name = type === "track" ? message.event : message.name;
    const event = typeof name === "string" && type !== "identify" && type !== "group" ? name : "";
    const { violations } = checkMessage(this.plan, type, event, isObject(values) ? values : {});
    return violations.map(({ kind, property, message: words }) => {
      const nearest = kind === "unplanned_event" && type === "track" ? nearestName(event, this.#names) : undefined;
      return { event: event || type, kind, property, message: words, ...(nearest === undefined ? {} : { nearest }) };
    });
  }
}

function notAMessage(message: string): Finding {
  return { event: "", kind: "not_a_message", property: "", message };
}
