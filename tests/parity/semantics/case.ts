import type { AudienceDefinition, AudienceTree } from "@/core/audience/definition";
import type { Person } from "@/core/audience/person";
import { withAccounts } from "@/core/audience/with-accounts";
import type { HistoryMessage, JsonObject, MessageType } from "@/core/event/message";

/** The moment at which every case is asked, unless it says another. */
export const now = Date.UTC(2026, 10, 23, 12);
export const hour = 3_600_000;
export const day = 24 * hour;

/** A sentence of docs/semantics.md, with people of whom it says who is in. */
export interface SemanticCase {
  /** What is claimed, in the words of the page. */
  says: string;
  definition: AudienceDefinition;
  /** Messages in order of arrival, by the person's name; an upper-case name is known only by an anonymousId. */
  people: Record<string, readonly Sent[]>;
  /** Who is in. */
  in: readonly string[];
  now?: number;
  timeZone?: string;
  /** Saved audiences by id. */
  audiences?: Record<string, AudienceDefinition>;
}

/** A message as a case writes it. */
export type Sent = Pick<HistoryMessage, "type" | "event" | "timestamp" | "properties" | "context"> & {
  groupId?: string;
};

function sent(type: MessageType, event: string, timestamp: number, properties: JsonObject, context: JsonObject): Sent {
  return { type, event, timestamp, properties, context };
}

export function track(
  event: string,
  timestamp = now - day,
  properties: JsonObject = {},
  context: JsonObject = {},
): Sent {
  return sent("track", event, timestamp, properties, context);
}
export function page(event: string, timestamp = now - day, properties: JsonObject = {}): Sent {
  return sent("page", event, timestamp, properties, {});
}
export function screen(event: string, timestamp = now - day): Sent {
  return sent("screen", event, timestamp, {}, {});
}
export function identify(traits: JsonObject, timestamp = now - day): Sent {
  return sent("identify", "", timestamp, traits, {});
}
export function group(traits: JsonObject, timestamp = now - day, groupId = "acme"): Sent {
  return { ...sent("group", "", timestamp, traits, {}), groupId };
}

export function define(root: AudienceTree, includeAnonymous?: boolean): AudienceDefinition {
  return { version: 1, root, ...(includeAnonymous !== undefined && { includeAnonymous }) };
}

/** The people of all cases, numbered, each history in Order; an account is one in its case alone. */
export function numberedPeople(cases: readonly SemanticCase[]) {
  let arrival = 0;
  let profile = 0;
  return cases.map((one, index) => {
    const groupIds = new Map<HistoryMessage, string>();
    const people = Object.entries(one.people).map(([name, messages]): Person & { name: string; profile: number } => {
      profile += 1;
      const anonymous = name === name.toUpperCase();
      return {
        name,
        profile,
        userId: anonymous ? null : `${index} ${name}`,
        anonymousIds: anonymous ? [`${index} ${name}`] : [],
        messages: messages
          .map(({ groupId, ...rest }): HistoryMessage => {
            const message = { ...rest, messageId: `m${arrival}`, arrival: arrival++ };
            if (groupId !== undefined) groupIds.set(message, `${index} ${groupId}`);
            return message;
          })
          .sort((left, right) => left.timestamp - right.timestamp || left.arrival - right.arrival),
      };
    });
    return withAccounts(people, ({ messages }) =>
      messages.flatMap((message) => {
        const groupId = groupIds.get(message);
        return groupId === undefined ? [] : [{ groupId, message }];
      }),
    );
  });
}
