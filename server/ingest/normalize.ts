import { type JsonObject, type MessageType, messageTypes } from "../../core/event/message";
import { Refusal } from "../../core/event/refusal";
import { exceedsBytes, isTooDeep, jsonText } from "./json-text";
import type { Envelope, Message } from "./message";
import { messageTimes } from "./message-times";

/** Under this name the further fields of a stored message say what the tracking plan found; senders cannot set it. */
export const planField = "$plan";

type Fields = Record<string, unknown>;

const maxIdLength = 1_000;
const maxEventLength = 1_000;
const maxMessageIdLength = 100;

const knownTypes = new Set<unknown>(messageTypes);
const isMessageType = (value: unknown): value is MessageType => knownTypes.has(value);
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What JSON.parse has made holds JSON throughout. */
const isJsonObject = (value: unknown): value is JsonObject => isFields(value);

/** Where each type keeps its name and its values; every other field that was sent goes to `extra`. */
const shapes = {
  track: { name: "event", values: "properties" },
  page: { name: "name", values: "properties" },
  screen: { name: "name", values: "properties" },
  identify: { name: null, values: "traits" },
  group: { name: null, values: "traits" },
  alias: { name: null, values: null },
} as const satisfies Record<MessageType, { name: string | null; values: string | null }>;

/** Fields with a column of their own, and those that belong to the request. */
const storedElsewhere = new Set([
  "type",
  "context",
  "userId",
  "anonymousId",
  "messageId",
  "timestamp",
  "originalTimestamp",
  "sentAt",
  "receivedAt",
  "writeKey",
]);

/** An identifier as text; "" when absent. Numbers are what databases hold, so they are taken as their text. */
function identifier(value: unknown, path: string): string | Refusal {
  if (value === undefined || value === null || value === "") return "";
  if (typeof value !== "string" && !(typeof value === "number" && Number.isFinite(value))) {
    return new Refusal("invalid_id", `${path} must be text.`, path);
  }
  const text = String(value).toWellFormed();
  if (text.length > maxIdLength) {
    return new Refusal("invalid_id", `${path} may have at most ${maxIdLength} characters.`, path);
  }
  return text;
}

function eventName(raw: Fields, type: MessageType, values: Fields): string | Refusal {
  const field = shapes[type].name;
  if (field === null) return "";
  let name = raw[field];
  if (type !== "track" && (name === undefined || name === null || name === "")) {
    // The browser SDK writes a page's name into its properties as well; some senders write it only there.
    name = typeof values.name === "string" ? values.name : "";
  }
  if (name === undefined || name === null || (type === "track" && name === "")) {
    return new Refusal("missing_event", "A track call needs the name of its event.", field);
  }
  if (typeof name !== "string") return new Refusal("invalid_event", `${field} must be text.`, field);
  if (name.length > maxEventLength) {
    return new Refusal("invalid_event", `${field} may have at most ${maxEventLength} characters.`, field);
  }
  return name.toWellFormed();
}

function messageId(value: unknown): string | Refusal {
  if (value === undefined || value === null || value === "") return "";
  if (typeof value !== "string" && typeof value !== "number") {
    return new Refusal("invalid_message_id", "messageId must be text.", "messageId");
  }
  const text = String(value).toWellFormed();
  if (text.length <= maxMessageIdLength) return text;
  return new Refusal("invalid_message_id", `messageId may have at most ${maxMessageIdLength} characters.`, "messageId");
}

/** An object that a message may hold; an absent one is empty. */
function object(raw: Fields, field: string, code: "invalid_properties" | "invalid_context"): Fields | Refusal {
  const value = raw[field];
  if (value === undefined || value === null) return {};
  return isFields(value) ? value : new Refusal(code, `${field} must be an object.`, field);
}

/** The properties or traits of a message that `normalize` has taken, as they were sent. */
export function valuesOf(raw: unknown, type: MessageType): JsonObject {
  const field = shapes[type].values;
  const values = field === null || !isFields(raw) ? undefined : raw[field];
  return isJsonObject(values) ? values : {};
}

/** The id that a group or an alias cannot do without; "" of the others. */
function neededId(raw: Fields, type: MessageType): string | Refusal {
  if (type !== "group" && type !== "alias") return "";
  const field = type === "group" ? "groupId" : "previousId";
  const id = identifier(raw[field], field);
  if (id instanceof Refusal || id !== "") return id;
  return type === "group"
    ? new Refusal("missing_group_id", "A group call needs a groupId.", field)
    : new Refusal("missing_previous_id", "An alias call needs a previousId.", field);
}

function under(envelope: unknown, own: Fields): Fields {
  return isFields(envelope) ? { ...envelope, ...own } : own;
}

function extraFields(raw: Fields, type: MessageType, envelope: Envelope): Fields {
  const { name, values } = shapes[type];
  const extra: Fields = {};
  for (const key of Object.keys(raw)) {
    if (storedElsewhere.has(key) || key === name || key === values || key === planField) continue;
    // Assigned, this one name would set the prototype and be lost.
    if (key === "__proto__") Object.defineProperty(extra, key, { value: raw[key], enumerable: true });
    else extra[key] = raw[key];
  }
  if (isFields(envelope.integrations)) {
    extra.integrations = under(envelope.integrations, isFields(raw.integrations) ? raw.integrations : {});
  }
  return extra;
}

/**
 * One message as it came in, checked and made ready to store, or the reason why it is not taken. `endpointType` is the
 * type that the endpoint says; undefined where each message says its own. `position` counts messages for
 * `envelope.nameMessage`.
 */
export function normalize(
  raw: unknown,
  endpointType: MessageType | undefined,
  envelope: Envelope,
  position: number,
): Message | Refusal {
  if (!isFields(raw)) return new Refusal("not_an_object", "A message must be a JSON object.");
  const type = endpointType ?? raw.type;
  if (!isMessageType(type)) {
    return new Refusal("unknown_type", `type must be one of ${messageTypes.join(", ")}.`, "type");
  }
  const userId = identifier(raw.userId, "userId");
  if (userId instanceof Refusal) return userId;
  const anonymousId = identifier(raw.anonymousId, "anonymousId");
  if (anonymousId instanceof Refusal) return anonymousId;
  if (userId === "" && anonymousId === "") {
    return new Refusal("missing_id", "A message needs a userId or an anonymousId.", "userId");
  }
  const valuesField = shapes[type].values;
  const values = valuesField === null ? {} : object(raw, valuesField, "invalid_properties");
  if (values instanceof Refusal) return values;
  const event = eventName(raw, type, values);
  if (event instanceof Refusal) return event;
  const neededByType = neededId(raw, type);
  if (neededByType instanceof Refusal) return neededByType;
  const ownContext = object(raw, "context", "invalid_context");
  if (ownContext instanceof Refusal) return ownContext;
  const id = messageId(raw.messageId);
  if (id instanceof Refusal) return id;
  const times = messageTimes(raw, envelope.sentAt, envelope.receivedAt, envelope.trustTimestamps);
  if (times instanceof Refusal) return times;
  if (isTooDeep(raw)) return new Refusal("too_deep", "A message may nest at most 64 levels.");

  const properties = jsonText(values);
  const context = jsonText(under(envelope.context, ownContext));
  const further = extraFields(raw, type, envelope);
  // An id is text, as those with a column of their own are.
  const extra = jsonText(type === "group" ? { ...further, groupId: neededByType } : further);
  if (exceedsBytes([properties, context, extra, event, userId, anonymousId], envelope.maxMessageBytes)) {
    return new Refusal("too_large", `A message may have at most ${envelope.maxMessageBytes} bytes.`);
  }
  return {
    type,
    event,
    timestamp: times.timestamp,
    originalTimestamp: times.originalTimestamp,
    sentAt: times.sentAt,
    receivedAt: envelope.receivedAt,
    messageId: id === "" ? envelope.nameMessage(position) : id,
    userId,
    anonymousId,
    others: [],
    previousId: type === "alias" ? neededByType : "",
    properties,
    context,
    extra,
  };
}
