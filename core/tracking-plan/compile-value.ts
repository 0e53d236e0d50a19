import { dateOf } from "../audience/date";
import type { JsonObject, JsonValue } from "../event/message";
import type { PlanItem, PlanProperty, PropertyType } from "./definition";
import { compilePattern } from "./pattern";
import type { Violation } from "./violation";
import { typesWords, valuesWords, valueWords } from "./words";

/** Where a value stands: in words for people, and what to take away for it to be gone. */
interface Place {
  readonly path: string;
  readonly drop: readonly string[];
}

type Report = (violation: Violation) => void;
type ValueCheck = (value: JsonValue, place: Place, report: Report) => void;

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const typeTests: Readonly<Record<PropertyType, (value: JsonValue) => boolean>> = {
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === "boolean",
  "date-time": (value) => typeof value === "string" && /^\d{4}-/.test(value) && dateOf(value, "UTC") !== undefined,
  array: Array.isArray,
  object: isObject,
  null: (value) => value === null,
};

/** The checks of a value, made once for a plan. A value of a wrong type is asked nothing else. */
function compileValue(rule: PlanItem & Pick<PlanProperty, "items">): ValueCheck {
  const { types, values, minimum, maximum, properties, items } = rule;
  const tests = types?.map((type) => typeTests[type]);
  const allowed = values && new Set(values);
  const fits = rule.pattern === undefined ? undefined : compilePattern(rule.pattern);
  const inside = properties && compileProperties(properties, true);
  const element = items && compileValue(items);
  const [low, high] = [minimum ?? Number.NEGATIVE_INFINITY, maximum ?? Number.POSITIVE_INFINITY];

  return (value, place, report) => {
    const { path, drop } = place;
    if (tests && types && !tests.some((test) => test(value))) {
      const message = `${path} is ${valueWords(value)}; it must be ${typesWords(types)}.`;
      report({ kind: "wrong_type", property: path, message, value, drop });
      return;
    }
    if (allowed && values && (typeof value === "object" ? value !== null || !allowed.has(null) : !allowed.has(value))) {
      const message = `${path} is ${valueWords(value)}; it must be ${valuesWords(values)}.`;
      report({ kind: "not_allowed", property: path, message, value, drop });
    }
    if (typeof value === "string" && typeof fits === "function" && !fits(value)) {
      const message = `${path} is ${valueWords(value)}; it must fit the pattern ${rule.pattern}.`;
      report({ kind: "pattern", property: path, message, value, drop });
    }
    if (typeof value === "number" && !(value >= low && value <= high)) {
      report({ kind: "range", property: path, message: rangeMessage(path, value, rule), value, drop });
    }
    if (inside && isObject(value)) inside(value, place, report);
    if (element && Array.isArray(value)) {
      // A list is kept or dropped whole: without one of its elements it would say something else.
      const each = { path: `${path}[]`, drop };
      for (const one of value) element(one, each, report);
    }
  };
}

function rangeMessage(path: string, value: number, { minimum, maximum }: PlanItem): string {
  const bound = minimum !== undefined && value < minimum ? `at least ${minimum}` : `at most ${maximum}`;
  return `${path} is ${value}; it must be ${bound}.`;
}

type ObjectCheck = (values: JsonObject, place: Place, report: Report) => void;

/** The checks of an object's properties; `allowOthers` tells whether one that is not named is no violation. */
export function compileProperties(properties: readonly PlanProperty[], allowOthers: boolean): ObjectCheck {
  const checks = properties.map((property) => ({
    name: property.name,
    required: property.required === true,
    check: compileValue(property),
  }));
  const named = new Set(properties.map(({ name }) => name));

  return (values, { path, drop }, report) => {
    const at = (name: string): Place => ({ path: path === "" ? name : `${path}.${name}`, drop: [...drop, name] });
    for (const { name, required, check } of checks) {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value !== undefined) check(value, at(name), report);
      else if (required) {
        const { path: missing } = at(name);
        report({ kind: "missing", property: missing, message: `${missing} is missing.` });
      }
    }
    if (allowOthers) return;
    for (const name of Object.keys(values)) {
      if (named.has(name)) continue;
      const { path: unplanned, drop: away } = at(name);
      const message = `${unplanned} is not in the plan.`;
      report({ kind: "unplanned_property", property: unplanned, message, value: values[name] ?? null, drop: away });
    }
  };
}
