import type { HistoryMessage } from "../event/message";
import type { Account, Membership, Person } from "./person";

/** A group call, and the account that it names. */
export interface GroupCall {
  groupId: string;
  message: HistoryMessage;
}

interface GrowingAccount extends Account {
  messages: HistoryMessage[];
  people: { person: Person; joined: HistoryMessage }[];
}

/** These people with the accounts that their group calls (of each in Order) name. */
export function withAccounts<One extends Person>(
  people: readonly One[],
  callsOf: (person: One) => readonly GroupCall[],
): (One & { memberships: readonly Membership[] })[] {
  const accounts = new Map<string, GrowingAccount>();
  const members = people.map((one) => {
    const memberships: Membership[] = [];
    const person = { ...one, memberships };
    for (const { groupId, message } of callsOf(one)) {
      const account = accounts.get(groupId) ?? { groupId, messages: [], people: [] };
      accounts.set(groupId, account);
      account.messages.push(message);
      if (memberships.some((membership) => membership.account === account)) continue;
      memberships.push({ account, joined: message });
      account.people.push({ person, joined: message });
    }
    return person;
  });
  for (const { messages } of accounts.values()) {
    messages.sort((one, other) => one.timestamp - other.timestamp || one.arrival - other.arrival);
  }
  return members;
}
