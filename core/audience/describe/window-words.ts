import { assertNever } from "../../errors";
import type { CalendarPeriod, EventCount, EventWindow, WindowAnchor } from "../definition";
import type { DescribeContext } from "./describe-context";
import { instantPhrase } from "./instant-words";
import { matchPhrases, wherePhrases } from "./match-phrases";
import { durationPhrase, nounPhrase, numberWords } from "./number-words";
import { name, type Phrase, readingText, words } from "./phrase";

/** "more than 2 days ago", "in the last 14 days", "ever". */
export function windowPhrases(window: EventWindow, context: DescribeContext): Phrase[] {
  const { timeZone } = context;
  switch (window.kind) {
    case "ever":
      return [words("ever")];
    case "last":
      return [words("in the last"), durationPhrase(window)];
    case "before_last":
      return [words("more than"), durationPhrase(window), words("ago")];
    case "between_ago":
      return [words("between"), olderPhrase(window), words("and"), durationPhrase(window.to), words("ago")];
    case "since":
      return [words("since"), instantPhrase(window.at, timeZone)];
    case "before":
      return [words("before"), instantPhrase(window.at, timeZone)];
    case "range":
      return [words("from"), instantPhrase(window.from, timeZone), words("to"), instantPhrase(window.to, timeZone)];
    case "calendar":
      return [words(periodText[window.period])];
    case "after":
      return [words("within"), durationPhrase(window), words("after"), ...anchorPhrases(window.anchor, context)];
    default:
      return assertNever(window);
  }
}

export const periodText = {
  today: "today",
  yesterday: "yesterday",
  this_week: "this week",
  last_week: "last week",
  this_month: "this month",
  last_month: "last month",
} as const satisfies Record<CalendarPeriod, string>;

/** "the first Account Created", "trait signup_date", "first seen". */
function anchorPhrases(anchor: WindowAnchor, context: DescribeContext): Phrase[] {
  if (anchor === "first_seen") return [words("first seen")];
  if ("trait" in anchor) return [words("trait"), name(anchor.trait)];
  const event = [...matchPhrases(anchor), ...wherePhrases(anchor, context)];
  // In brackets where it has filters, so that none of them is taken for one of the event that is counted.
  const filtered = (anchor.where ?? []).length > 0;
  return [words("the first"), ...(filtered ? [words("("), ...event, words(")")] : event)];
}

/** The older of two amounts, without its unit where the other has the same. */
function olderPhrase({ from, to }: Extract<EventWindow, { kind: "between_ago" }>): Phrase {
  if (from.unit !== to.unit) return durationPhrase(from);
  return { role: "words", text: numberWords(from.amount), exact: String(from.amount) };
}

/** The window as it stands on a page. */
export function windowWords(window: EventWindow, timeZone: string): string {
  return readingText(windowPhrases(window, { timeZone, audienceName: () => undefined }));
}

/** "Did not" is the count of exactly none. */
function isAbsence(count: EventCount): boolean {
  return count.value === 0 && count.op !== "at_least";
}

export const countText = { at_least: "at least", exactly: "exactly", at_most: "at most" } as const satisfies Record<
  EventCount["op"],
  string
>;

export function countPhrases({ op, value }: EventCount): Phrase[] {
  return [words(countText[op]), nounPhrase(value, "time")];
}

/** "at least 1 time"; for none at all "never". */
export function countWords(count: EventCount): string {
  return isAbsence(count) ? "never" : readingText(countPhrases(count));
}
