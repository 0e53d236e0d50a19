import {
  type Enforcement,
  type PlanItem,
  type PlanProperty,
  type PlanRule,
  type PlanScalar,
  type PropertyType,
  propertyTypes,
  type RuleType,
} from "@/core/tracking-plan/definition";
import { typesWords } from "@/core/tracking-plan/words";

/** A property as it is being edited: text where a field takes text. */
export interface PropertyDraft {
  /** Tells drafts apart while their names change. */
  id: string;
  name: string;
  description: string;
  required: boolean;
  /** JSON of its types; "" for any. */
  types: string;
  /** Allowed values, one in each line. */
  values: string;
  pattern: string;
  minimum: string;
  maximum: string;
  /** What lies inside it, which is edited as JSON Schema, and stays as it is. */
  inside: Pick<PlanProperty, "properties" | "items">;
}

export interface RuleDraft {
  type: RuleType;
  event: string;
  description: string;
  onViolation: Enforcement | "";
  closed: boolean;
  properties: PropertyDraft[];
}

export function draftOf(rule: PlanRule | null): RuleDraft {
  return {
    type: rule?.type ?? "track",
    event: rule?.event ?? "",
    description: rule?.description ?? "",
    onViolation: rule?.onViolation ?? "",
    closed: rule?.unplannedProperties === "violation",
    properties: (rule?.properties ?? []).map(propertyDraftOf),
  };
}

export function emptyProperty(id: string): PropertyDraft {
  return propertyDraftOf({ name: "", types: ["string"] }, id);
}

function propertyDraftOf(property: PlanProperty, id: number | string): PropertyDraft {
  const { name, description = "", required = false, types, values, pattern = "", minimum, maximum } = property;
  return {
    id: String(id),
    name,
    description,
    required,
    types: types ? JSON.stringify(types) : "",
    values: (values ?? []).map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join("\n"),
    pattern,
    minimum: minimum === undefined ? "" : String(minimum),
    maximum: maximum === undefined ? "" : String(maximum),
    inside: {
      ...(property.properties ? { properties: property.properties } : {}),
      ...(property.items ? { items: property.items } : {}),
    },
  };
}

/** The rule that a draft says. Rows without a name are left out. */
export function ruleOf(draft: RuleDraft): PlanRule {
  const event = draft.event.trim();
  const isNamed = draft.type !== "identify" && draft.type !== "group";
  return {
    type: draft.type,
    ...(isNamed && event !== "" ? { event } : {}),
    ...(draft.description.trim() === "" ? {} : { description: draft.description.trim() }),
    properties: draft.properties.filter(({ name }) => name.trim() !== "").map(propertyOf),
    ...(draft.closed ? { unplannedProperties: "violation" as const } : {}),
    ...(draft.onViolation === "" ? {} : { onViolation: draft.onViolation }),
  };
}

function propertyOf(draft: PropertyDraft): PlanProperty {
  const types = typesOf(draft.types);
  const values = draft.values.split("\n").flatMap((line) => (line.trim() === "" ? [] : [valueOfLine(line, types)]));
  const number = (text: string) => (text.trim() === "" ? undefined : Number(text));
  const [minimum, maximum] = [number(draft.minimum), number(draft.maximum)];
  return {
    name: draft.name.trim(),
    ...(draft.description.trim() === "" ? {} : { description: draft.description.trim() }),
    ...(draft.required ? { required: true } : {}),
    ...(types ? { types } : {}),
    ...(values.length > 0 ? { values } : {}),
    ...(draft.pattern === "" ? {} : { pattern: draft.pattern }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...draft.inside,
  };
}

function typesOf(text: string): PropertyType[] | undefined {
  if (text === "") return undefined;
  const names: unknown = JSON.parse(text);
  return Array.isArray(names) ? propertyTypes.filter((type) => names.includes(type)) : undefined;
}

/** `5` is a number where numbers may stand, and text where only text may. */
function valueOfLine(line: string, types: PlanItem["types"]): PlanScalar {
  const text = line.trim();
  const may = (type: PropertyType) => types === undefined || types.includes(type);
  if (text === "true" || text === "false") return may("boolean") ? text === "true" : text;
  if (text === "null") return may("null") ? null : text;
  const number = Number(text);
  return Number.isFinite(number) && (may("number") || may("integer")) ? number : text;
}

/** What a property may be, as choices: each type alone and or null, and what a draft says besides. */
export function typeChoices(current: string): { value: string; words: string }[] {
  const plain = propertyTypes.filter((type) => type !== "null");
  const lists: PropertyType[][] = [
    ...plain.map((type) => [type]),
    ...plain.map((type): PropertyType[] => [type, "null"]),
  ];
  const choices = lists.map((types) => ({ value: JSON.stringify(types), words: typesWords(types) }));
  const all = [{ value: "", words: "anything" }, ...choices];
  if (all.some(({ value }) => value === current)) return all;
  return [...all, { value: current, words: typesWords(typesOf(current) ?? []) }];
}
