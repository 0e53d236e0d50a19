import * as z from "zod";
import { type JsonObject, messageTypes } from "../event/message";

/** `properties.card.number` or `context.ip`; `context` alone is all of it. */
const fieldPath = z
  .string()
  .trim()
  .max(300)
  .regex(
    /^(properties|context)(\.[^.]+)*$/,
    "must be properties, context, or a path such as properties.plan or context.ip",
  );
const paths = z.array(fieldPath).min(1).max(200);

/** Which messages are sent on to a tool, and what of them: a destination filter. All of it must fit. */
export const forwardingChoices = z.strictObject({
  types: z.array(z.enum(messageTypes)).min(1).max(messageTypes.length).default(["track"]),
  /** Names of events; null for all of them. What has no name (identify, group, alias) is let through by its type alone. */
  events: z.array(z.string().min(1).max(1_000)).min(1).max(500).nullable().default(null),
  /** What is sent of a message; null for the whole of it. */
  fields: z
    .union([z.strictObject({ keep: paths }), z.strictObject({ drop: paths })])
    .nullable()
    .default(null),
  /** Percent of the people, with all that they do; always the same ones for a destination. */
  samplePercent: z.number().gt(0).max(100).default(100),
  /** Only people who are in this audience when their message is sent; null for everybody. */
  audienceId: z.string().min(1).max(100).nullable().default(null),
  /** What was dated longer than this before it came in is history and is left out; null for no limit. */
  newerThanHours: z.number().gt(0).max(87_600).nullable().default(72),
});
export type ForwardingChoices = z.infer<typeof forwardingChoices>;

interface Filtered {
  readonly properties: JsonObject;
  readonly context: JsonObject;
}

/** What is left of a message by a choice of fields. */
export function chosenFields({ properties, context }: Filtered, fields: ForwardingChoices["fields"]): Filtered {
  if (fields === null) return { properties, context };
  if ("drop" in fields) {
    const left = structuredClone({ properties, context });
    for (const path of fields.drop) dropAt(left, path.split("."));
    return left;
  }
  const kept: Filtered = { properties: {}, context: {} };
  for (const path of fields.keep) copyAt({ properties, context }, kept, path.split("."));
  return kept;
}

type Level = { [key: string]: unknown };

function isLevel(value: unknown): value is Level {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function dropAt(target: Filtered, path: readonly string[]): void {
  const [top, ...rest] = path;
  const last = rest.pop();
  const root = top === "context" ? target.context : target.properties;
  if (last === undefined) {
    for (const key of Object.keys(root)) delete root[key];
    return;
  }
  const level = rest.reduce<unknown>((at, key) => (isLevel(at) && Object.hasOwn(at, key) ? at[key] : undefined), root);
  if (isLevel(level)) delete level[last];
}

function copyAt(source: Filtered, target: Filtered, path: readonly string[]): void {
  const [top, ...rest] = path;
  let from: unknown = top === "context" ? source.context : source.properties;
  let to: Level = top === "context" ? target.context : target.properties;
  if (rest.length === 0) {
    Object.assign(to, from);
    return;
  }
  const places: { to: Level; key: string }[] = [];
  for (const key of rest) {
    if (!isLevel(from) || !Object.hasOwn(from, key)) return;
    places.push({ to, key });
    from = from[key];
    const known = Object.hasOwn(to, key) ? to[key] : undefined;
    to = isLevel(known) ? known : {};
  }
  // Levels between are made only where the path leads to something.
  let value: unknown = isLevel(from) ? { ...to, ...from } : from;
  for (const place of places.reverse()) {
    define(place.to, place.key, value);
    value = place.to;
  }
}

/** Also for a key such as `__proto__`, which an assignment would take for something else. */
function define(level: Level, key: string, value: unknown): void {
  Object.defineProperty(level, key, { value, writable: true, enumerable: true, configurable: true });
}
