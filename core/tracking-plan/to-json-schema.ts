import type { PlanDefinition, PlanItem, PlanProperty, PlanRule } from "./definition";

/** A schema of JSON Schema draft-07, as far as a plan needs one. */
interface PlanSchema {
  $schema?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  format?: "date-time";
  enum?: (string | number | boolean | null)[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, PlanSchema>;
  required?: string[];
  additionalProperties?: boolean;
  items?: PlanSchema;
}

/** A rule as Segment's Public API writes it. */
export interface SegmentRule {
  type: "TRACK" | "PAGE" | "SCREEN" | "IDENTIFY" | "GROUP";
  /** Name of the event; "" for calls that have none. */
  key: string;
  version: number;
  jsonSchema: PlanSchema;
}

const draft = "http://json-schema.org/draft-07/schema#";
const segmentTypes = {
  track: "TRACK",
  page: "PAGE",
  screen: "SCREEN",
  identify: "IDENTIFY",
  group: "GROUP",
} as const satisfies Record<PlanRule["type"], SegmentRule["type"]>;

/** A plan as the rules of a tracking plan of Segment: JSON Schema draft-07, one schema for each event. */
export function toSegmentRules(plan: PlanDefinition): SegmentRule[] {
  return plan.rules.map((rule) => ({
    type: segmentTypes[rule.type],
    key: rule.event ?? "",
    version: 1,
    jsonSchema: messageSchema(rule),
  }));
}

/** What a whole message must be; its properties or traits are one of its members. */
function messageSchema(rule: PlanRule): PlanSchema {
  const member = rule.type === "identify" || rule.type === "group" ? "traits" : "properties";
  const values = objectSchema(rule.properties, rule.unplannedProperties === "violation");
  const isNeeded = rule.properties.some(({ required }) => required);
  return {
    $schema: draft,
    ...(rule.event === undefined ? {} : { title: rule.event }),
    ...(rule.description ? { description: rule.description } : {}),
    type: "object",
    properties: { [member]: values },
    ...(isNeeded ? { required: [member] } : {}),
  };
}

function objectSchema(properties: readonly PlanProperty[], isClosed: boolean): PlanSchema {
  const required = properties.filter((property) => property.required).map(({ name }) => name);
  return {
    type: "object",
    properties: Object.fromEntries(properties.map((property) => [property.name, propertySchema(property)])),
    ...(required.length > 0 ? { required } : {}),
    ...(isClosed ? { additionalProperties: false } : {}),
  };
}

function propertySchema(property: PlanProperty): PlanSchema {
  return {
    ...(property.description ? { description: property.description } : {}),
    ...valueSchema(property),
    ...(property.items ? { items: valueSchema(property.items) } : {}),
  };
}

function valueSchema({ types, values, pattern, minimum, maximum, properties }: PlanItem): PlanSchema {
  return {
    ...typeSchema(types),
    ...(values ? { enum: values } : {}),
    ...(pattern === undefined ? {} : { pattern }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(properties ? membersSchema(properties) : {}),
  };
}

/** The members of an object, without saying that it must be one. */
function membersSchema(properties: readonly PlanProperty[]): PlanSchema {
  const { type: _, ...members } = objectSchema(properties, false);
  return members;
}

/** `date-time` is text of a format. */
function typeSchema(types: PlanItem["types"]): PlanSchema {
  if (types === undefined) return {};
  const plain = types.filter((type) => type !== "date-time");
  if (plain.length === types.length) return { type: plain.length === 1 ? (plain[0] ?? []) : plain };
  const date: PlanSchema = { type: "string", format: "date-time" };
  if (plain.length === 0) return date;
  // With plain text beside it every text fits.
  if (plain.includes("string")) return typeSchema(plain);
  // A format asks nothing of what is not text.
  return { type: [...plain, "string"], format: "date-time" };
}
