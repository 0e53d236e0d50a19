import type { SeenEvent, SeenTrait } from "@/core/api/catalogue";
import { wordsOf } from "@/core/nearest-name";

/** Names for the same thing, the clearest first: each is a set of words that all occur in the name. */
type Patterns = readonly (readonly string[])[];

const signUp: Patterns = [
  ["account", "created"],
  ["signed", "up"],
  ["sign", "up"],
  ["signup"],
  ["user", "created"],
  ["user", "registered"],
  ["registered"],
  ["registration"],
  ["account", "registered"],
  ["trial", "started"],
  ["created", "account"],
];
const milestone: Patterns = [
  ["activation", "milestone"],
  ["activation"],
  ["activated"],
  ["aha"],
  ["milestone"],
  ["onboarding", "completed"],
  ["onboarding", "finished"],
  ["setup", "completed"],
  ["subscription", "started"],
  ["purchased"],
  ["order", "completed"],
  ["submitted"],
  ["completed"],
];
const pricing: Patterns = [["pricing"], ["plans"], ["price"]];
const plan: Patterns = [["plan"], ["subscription", "plan"], ["tier"], ["subscription"], ["package"]];
const endDate: Patterns = [
  ["trial", "ends"],
  ["trial", "end"],
  ["trial", "expires"],
  ["renewal"],
  ["expires"],
  ["ends"],
  ["due"],
];

const money: Patterns = [["amount"], ["revenue"], ["total"], ["price"], ["value"], ["subtotal"]];

/** The one that fits the clearest pattern; of those the one with the fewest other words, then with the most people. */
function likeliest<Item extends { people: number }>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  patterns: Patterns,
): Item | undefined {
  const ranked = items.flatMap((item) => {
    const words = wordsOf(nameOf(item));
    const rank = patterns.findIndex((pattern) => pattern.every((word) => words.includes(word)));
    return rank < 0 ? [] : [{ item, rank, others: words.length - (patterns[rank]?.length ?? 0) }];
  });
  ranked.sort((a, b) => a.rank - b.rank || a.others - b.others || b.item.people - a.item.people);
  return ranked[0]?.item;
}

const tracked = (event: SeenEvent) => event.type === "track";
const eventName = (event: SeenEvent) => event.event;

/** The event of signing up; where no name says so, the one that most people did. */
export function signUpEvent(events: readonly SeenEvent[]): SeenEvent | undefined {
  const candidates = events.filter(tracked);
  return likeliest(candidates, eventName, signUp) ?? mostDone(candidates);
}

/** The event of the first moment of value; where no name says so, the one of fewest people that is not signing up. */
export function milestoneEvent(events: readonly SeenEvent[]): SeenEvent | undefined {
  const first = signUpEvent(events);
  const candidates = events.filter((event) => tracked(event) && event !== first);
  return likeliest(candidates, eventName, milestone) ?? mostDone(candidates);
}

/** The event that people do again and again: the most per person, of those that a fair share of people did. */
export function habitEvent(events: readonly SeenEvent[]): SeenEvent | undefined {
  const most = Math.max(0, ...events.map((event) => event.people));
  return events
    .filter((event) => tracked(event) && event.people >= most / 10)
    .toSorted((a, b) => b.count / Math.max(1, b.people) - a.count / Math.max(1, a.people))[0];
}

/** The event between signing up and the first moment of value: what most people did besides them. */
export function stepBetween(events: readonly SeenEvent[]): SeenEvent | undefined {
  const ends = [signUpEvent(events), milestoneEvent(events)];
  return mostDone(events.filter((event) => tracked(event) && !ends.includes(event)));
}

/** An event with a property that says how much was paid. */
export function payment(events: readonly SeenEvent[]): { event: SeenEvent; property: string } | undefined {
  const amounts = events
    .filter(tracked)
    .flatMap((event) =>
      event.properties
        .filter(({ types }) => types.includes("number"))
        .map(({ name }) => ({ event, property: name, people: event.people })),
    );
  const found = likeliest(amounts, ({ property }) => property, money);
  return found && { event: found.event, property: found.property };
}

export function pricingPage(events: readonly SeenEvent[]): SeenEvent | undefined {
  const pages = events.filter((event) => event.type !== "track");
  return likeliest(pages, eventName, pricing);
}

export function planTrait(traits: readonly SeenTrait[]): SeenTrait | undefined {
  return likeliest(traits, (trait) => trait.name, plan);
}

export function endDateTrait(traits: readonly SeenTrait[]): SeenTrait | undefined {
  const dates = traits.filter((trait) => trait.types.includes("date"));
  return likeliest(dates, (trait) => trait.name, endDate);
}

/** The value that says "has not paid yet", out of a trait's values; undefined when none does. */
export function trialValue(values: readonly unknown[]): string | undefined {
  const texts = values.filter((value) => typeof value === "string");
  for (const word of ["trial", "trialing", "trialling", "free", "freemium", "starter", "basic"]) {
    const found = texts.find((text) => wordsOf(text).includes(word));
    if (found !== undefined) return found;
  }
  return undefined;
}

function mostDone(events: readonly SeenEvent[]): SeenEvent | undefined {
  return events.toSorted((a, b) => b.people - a.people)[0];
}
