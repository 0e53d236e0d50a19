import type { HistoryMessage } from "../../event/message";
import { dayOf } from "../calendar";
import { exactOf, floatOfExact, textOfExact } from "../decimal";
import type { EventAggregate, EventNode } from "../definition";
import { momentWords } from "../describe/instant-words";
import { durationWords, nounWords, numberWords } from "../describe/number-words";
import { matchingEvents, occurringEvents } from "../event-node";
import { matchesEvent } from "../match-event";
import type { Subject } from "../subject";
import { isMissing, numberOf, valuesAt } from "../value";
import { boundsOf, isInside, type TimeBounds } from "../window";
import type { Evidence, Finding } from "./finding";

/** How many that came near are told. */
const nearest = 3;

/** The events that a condition counted, or where there are none, those that came nearest. */
export function eventFinding(node: EventNode, subject: Subject): Finding {
  const events = matchingEvents(node, subject);
  const bounds = boundsOf(node.window, subject);
  const looked = occurringEvents(node, subject);
  const picked = (node.occurrence ?? "any") !== "any";
  const missed = () => looked.map((message): Evidence => ({ message, note: missNote(node, message, subject, bounds) }));
  return {
    found: [...foundParts(node, events, subject), ...anchorParts(node, bounds, subject)].join("; "),
    // Where one event is picked it is what decides, whether it fits or not.
    decided: events.length > 0 || !picked ? newestFirst(events) : missed(),
    considered: events.length > 0 || picked ? [] : nearestOf(missed(), node, subject, bounds),
  };
}

function newestFirst(events: readonly HistoryMessage[]): Evidence[] {
  return events.map((message) => ({ message })).reverse();
}

function missNote(node: EventNode, message: HistoryMessage, subject: Subject, bounds: TimeBounds | undefined): string {
  const fits = matchesEvent(node, message, subject.moment);
  if (!fits) return isInside(bounds, message.timestamp) ? "does not fit the filters" : "fits neither time nor filters";
  return isInside(bounds, message.timestamp) ? "does not fit what is asked of it" : "outside the time";
}

/** Those that fit all but the time come first, the closest to it; then the latest of the others. */
function nearestOf(
  missed: readonly Evidence[],
  node: EventNode,
  subject: Subject,
  bounds: TimeBounds | undefined,
): Evidence[] {
  const distance = ({ message }: Evidence) => {
    if (!bounds) return 0;
    return Math.max(bounds.from - message.timestamp, message.timestamp - bounds.to + 1, 0);
  };
  const fitting = missed.filter(({ message }) => matchesEvent(node, message, subject.moment));
  const others = missed.filter(({ message }) => !matchesEvent(node, message, subject.moment));
  const byDistance = fitting.toSorted((one, other) => distance(one) - distance(other));
  return [...byDistance, ...others.reverse()].slice(0, nearest);
}

function foundParts(node: EventNode, events: readonly HistoryMessage[], subject: Subject): string[] {
  if (node.aggregate) return [aggregateWords(node.aggregate, events, subject.moment.timeZone)];
  return [events.length === 0 ? "never" : nounWords(events.length, "time")];
}

/** From when on the window runs for this person. */
function anchorParts(node: EventNode, bounds: TimeBounds | undefined, { moment }: Subject): string[] {
  if (node.window?.kind !== "after") return [];
  if (!bounds) return ["there is no moment that the time could start from"];
  return [`the ${durationWords(node.window)} started ${momentWords(Math.ceil(bounds.from), moment.timeZone)}`];
}

function aggregateWords(aggregate: EventAggregate, events: readonly HistoryMessage[], timeZone: string): string {
  if (aggregate.fn === "distinct_days") {
    return nounWords(new Set(events.map(({ timestamp }) => dayOf(timestamp, timeZone))).size, "different day");
  }
  const values = events.flatMap(({ properties }) => valuesAt(properties, aggregate.property).flat());
  if (aggregate.fn === "distinct") {
    const present = values.filter((value) => !isMissing(value)).map((value) => JSON.stringify(value));
    return nounWords(new Set(present).size, "different value");
  }
  const numbers = values.flatMap((value) => {
    const number = numberOf(value);
    return number === undefined ? [] : [{ number, text: String(value) }];
  });
  const of = `of ${nounWords(numbers.length, "number")}`;
  if (numbers.length === 0) return aggregate.fn === "sum" ? `a total of 0, ${of}` : "no number";
  switch (aggregate.fn) {
    case "sum":
      return `a total of ${totalWords(numbers)}, ${of}`;
    case "avg":
      return `an average of ${averageWords(numbers)}, ${of}`;
    default: {
      const extreme = aggregate.fn === "min" ? Math.min : Math.max;
      return `${numberWords(numbers.map(({ number }) => number).reduce((a, b) => extreme(a, b)))}, ${of}`;
    }
  }
}

interface Summand {
  number: number;
  text: string;
}

/** The sum to the last digit, as it was compared. */
function totalWords(numbers: readonly Summand[]): string {
  const total = exactTotal(numbers);
  if (total === undefined) return numberWords(numbers.reduce((sum, { number }) => sum + number, 0));
  const [whole = "0", fraction = ""] = textOfExact(total).replace("-", "").split(".");
  const decimals = fraction.replace(/0+$/, "");
  return `${total < 0n ? "−" : ""}${BigInt(whole).toLocaleString("en-US")}${decimals === "" ? "" : `.${decimals}`}`;
}

function averageWords(numbers: readonly Summand[]): string {
  const total = exactTotal(numbers);
  if (total === undefined) return numberWords(numbers.reduce((sum, { number }) => sum + number, 0) / numbers.length);
  return numberWords(floatOfExact(total / BigInt(numbers.length)));
}

/** Undefined where one of them is too large to be summed exactly. */
function exactTotal(numbers: readonly Summand[]): bigint | undefined {
  return numbers.reduce<bigint | undefined>((sum, { text }) => {
    const exact = exactOf(text);
    return sum === undefined || exact === undefined ? undefined : sum + exact;
  }, 0n);
}
