import { assertNever } from "../errors";
import type { AlertRule, Watched } from "./rule";

const units = [
  [10_080, "week"],
  [1_440, "day"],
  [60, "hour"],
  [1, "minute"],
] as const;

/** A span in the largest unit that it is a whole number of: 90 as "90 minutes", 1440 as "1 day". */
export function minuteWords(minutes: number): string {
  const [size, unit] = units.find(([size]) => minutes % size === 0) ?? [1, "minute"];
  const amount = minutes / size;
  return `${count(amount)} ${unit}${amount === 1 ? "" : "s"}`;
}

const count = (value: number) => value.toLocaleString("en-US");

/** A number of something: "1 person", "4,812 people". */
export function countWords(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

const anyOf: Readonly<Record<Watched, string>> = {
  destination: "any destination",
  audience: "any audience",
  source: "any source",
};

export const directionWords = { either: "grew or shrank", grew: "grew", shrank: "shrank" } as const;

/**
 * What a rule watches for, as the rest of a sentence that begins with "when". `name` is that of the one thing that it is about;
 * null where it is about each there is.
 */
export function ruleWords(rule: AlertRule, name: string | null): string {
  switch (rule.kind) {
    case "sync_failing":
      return `${name ?? anyOf.destination} has been failing for ${minuteWords(rule.minutes)}`;
    case "deliveries_given_up":
      return `${name ?? anyOf.destination} gave up ${countWords(rule.deliveries, "delivery", "deliveries")} or more within ${minuteWords(rule.hours * 60)}`;
    case "audience_jumped":
      return `${name ?? anyOf.audience} ${directionWords[rule.direction]} by more than ${count(rule.percent)}% and at least ${countWords(rule.people, "person", "people")} within ${minuteWords(rule.hours * 60)}`;
    case "source_silent":
      return `${name ?? anyOf.source} has sent nothing for ${minuteWords(rule.minutes)}${rule.onlyIfWeekBefore ? " while it did a week before" : ""}`;
    default:
      return assertNever(rule);
  }
}
