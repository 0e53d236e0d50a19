import fc from "fast-check";
import type { Person } from "@/core/audience/person";
import { withAccounts } from "@/core/audience/with-accounts";
import type { HistoryMessage, JsonObject } from "@/core/event/message";
import { jsonText } from "@/server/ingest/json-text";
import { base, hour, jsonObject } from "./values";

export const eventNames = ["Account Created", "Project Created", "Invite Sent", 'it\'s "odd" \\ 😀'];

export const groupIds = ["acme", "globex", 'it\'s "odd" 😀', "42"];

/** A person under the number that stands for them in the event store. */
export interface NumberedPerson extends Person {
  profile: number;
}

/** Few different moments, so that equal ones abound; some later than every `now`. */
const timestamp = fc.oneof(
  { arbitrary: fc.integer({ min: -4, max: 4 }).map((step) => base + step * 6 * hour), weight: 4 },
  { arbitrary: fc.integer({ min: -40, max: 10 }).map((days) => base + days * 24 * hour), weight: 3 },
  { arbitrary: fc.constantFrom(-1, 0, 1).map((step) => base - 24 * hour + step), weight: 2 },
  { arbitrary: fc.constantFrom(Date.UTC(1970, 0, 1), Date.UTC(2261, 0, 1), Date.UTC(2000, 1, 29)), weight: 1 },
);

const message = fc.record({
  type: fc.constantFrom(...(["track", "track", "track", "identify", "identify", "page", "screen", "group"] as const)),
  event: fc.constantFrom(...eventNames),
  timestamp,
  properties: jsonObject,
  groupId: fc.constantFrom(...groupIds),
  context: fc.oneof({ arbitrary: fc.constant({}), weight: 2 }, { arbitrary: jsonObject, weight: 1 }),
});

const person = fc.record({
  anonymous: fc.boolean(),
  messages: fc.array(message, { minLength: 1, maxLength: 12, size: "max" }),
});

/** What is stored is what the engine can read; the evaluator is given the same. */
function stored(object: JsonObject): JsonObject {
  const parsed: JsonObject = JSON.parse(jsonText(object));
  return parsed;
}

/** `count` people, the same for the same seed, numbered from 1. */
export function samplePeople(count: number, seed: number): NumberedPerson[] {
  let arrival = 0;
  const groupIdOf = new Map<HistoryMessage, string>();
  const people = fc.sample(person, { numRuns: count, seed }).map(
    ({ anonymous, messages }, index): NumberedPerson => ({
      profile: index + 1,
      userId: anonymous ? null : `user ${index}`,
      anonymousIds: anonymous ? [`visitor ${index}`] : [],
      messages: messages
        .map(({ type, event, timestamp: at, properties, context, groupId }): HistoryMessage => {
          const message = {
            messageId: `m${arrival}`,
            type,
            event: type === "identify" || type === "group" ? "" : event,
            timestamp: at,
            arrival: arrival++,
            properties: stored(properties),
            context: stored(context),
          };
          if (type === "group") groupIdOf.set(message, groupId);
          return message;
        })
        .sort((one, other) => one.timestamp - other.timestamp || one.arrival - other.arrival),
    }),
  );
  return withAccounts(people, ({ messages }) =>
    messages.flatMap((message) => {
      const groupId = groupIdOf.get(message);
      return groupId === undefined ? [] : [{ groupId, message }];
    }),
  );
}
