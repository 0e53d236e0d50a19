import { assertNever } from "../../errors";
import type { EventType } from "../../event/message";
import type { EventMatch } from "../definition";
import type { EventFilter } from "../filter";
import type { DescribeContext } from "./describe-context";
import { comparisonPhrases } from "./operator-words";
import { absence, name, type Phrase, words } from "./phrase";

/** "did" or, where the name of a page or screen follows, "viewed". */
export function verbPhrase({ type }: EventMatch, absent = false): Phrase {
  const views = type === "page" || type === "screen";
  if (absent) return absence(views ? "did not view" : "did not");
  return words(views ? "viewed" : "did");
}

/** Which events: Account Created, page Pricing, any event, any page. */
export function matchPhrases({ event, type }: Pick<EventMatch, "event" | "type">): Phrase[] {
  if (event === undefined) return [words(anyWords(type))];
  return type === "page" || type === "screen" ? [words(type), name(event)] : [name(event)];
}

function anyWords(type: EventType | undefined): string {
  switch (type) {
    case undefined:
      return "any event";
    case "track":
      return "any tracked event";
    case "page":
    case "screen":
      return `any ${type}`;
    default:
      return assertNever(type);
  }
}

/** "where plan is trial and context page.path starts with /docs". */
export function wherePhrases({ where = [] }: EventMatch, context: DescribeContext): Phrase[] {
  return filtersPhrases("where", where, context);
}

export function filtersPhrases(first: string, filters: readonly EventFilter[], context: DescribeContext): Phrase[] {
  return filters.flatMap((filter, index) => [words(index === 0 ? first : "and"), ...filterPhrases(filter, context)]);
}

function filterPhrases(filter: EventFilter, { timeZone }: DescribeContext): Phrase[] {
  const path = "property" in filter ? [name(filter.property)] : [words("context"), name(filter.context)];
  return [...path, ...comparisonPhrases(filter, timeZone)];
}
