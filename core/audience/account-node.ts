import { assertNever } from "../errors";
import type { HistoryMessage, JsonValue } from "../event/message";
import type { AccountNode, AccountTree, AudienceTree } from "./definition";
import type { TraitNode } from "./filter";
import { holds } from "./operators";
import type { Account, Person } from "./person";
import { type Subject, subjectAt } from "./subject";
import { traitHolds } from "./trait-node";

/** The name under which an account's own id can be asked for, as its traits are. */
export const groupIdTrait = "$group_id";

/** Whether a condition holds for another person at the same moment. */
type PersonHolds = (node: AudienceTree, subject: Subject) => boolean;

/** Whether some account that the person belongs to at `now` fits. */
export function accountHolds(node: AccountNode, subject: Subject, personHolds: PersonHolds): boolean {
  return accountsAt(subject).some((account) => accountFits(node.condition, account, subject, personHolds));
}

/** The accounts that a person belongs to at `now`. */
export function accountsAt({ person, moment }: Subject): Account[] {
  return (person.memberships ?? []).flatMap(({ account, joined }) => (joined.timestamp <= moment.now ? [account] : []));
}

/** Whether a condition holds for an account at `now`. */
export function accountFits(
  node: AccountTree,
  account: Account,
  { moment }: Pick<Subject, "moment">,
  personHolds: PersonHolds,
): boolean {
  return fits(node);

  function fits(node: AccountTree): boolean {
    switch (node.kind) {
      case "all":
        return node.conditions.every(fits);
      case "any":
        return node.conditions.some(fits);
      case "not":
        return !fits(node.condition);
      case "trait":
        return accountTraitHolds(node, account, moment);
      case "person":
        return peopleAt(account, moment).some((member) => personHolds(node.condition, member));
      default:
        return assertNever(node);
    }
  }
}

/** Whoever belongs to an account at `now`, anonymous people among them. */
export function peopleAt({ people }: Account, moment: Subject["moment"]): Subject[] {
  return people.flatMap(({ person, joined }) => (joined.timestamp <= moment.now ? [subjectAt(person, moment)] : []));
}

function accountTraitHolds(node: TraitNode, account: Account, moment: Subject["moment"]): boolean {
  if (node.trait === groupIdTrait) return holds(node, [account.groupId] satisfies JsonValue[], moment);
  return traitHolds(node, traitSubject(account, moment));
}

/** An account as one whose traits are set as a person's are: by its group calls, from its first one on. */
export function traitSubject(account: Account, moment: Subject["moment"]): Subject {
  return subjectAt(traitHistory(account), moment);
}

/** The same with what is still to come. */
export function traitHistory({ messages }: Account): Person {
  const set = messages.map((message): HistoryMessage => ({ ...message, type: "identify" }));
  return { userId: null, anonymousIds: [], messages: set };
}
