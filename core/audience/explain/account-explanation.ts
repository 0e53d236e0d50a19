import { assertNever } from "../../errors";
import type { HistoryMessage } from "../../event/message";
import { accountFits, accountsAt, groupIdTrait, peopleAt, traitSubject } from "../account-node";
import type { AccountNode, AccountTree, AudienceTree } from "../definition";
import { accountConditionPhrases } from "../describe/account-phrases";
import { describeContext } from "../describe/describe-context";
import { nodePhrases } from "../describe/describe-node";
import { nounWords, numberWords } from "../describe/number-words";
import { sentenceText, spaced } from "../describe/phrase";
import { nodeHolds } from "../evaluate";
import { type Account, type Person, traitsOf } from "../person";
import { type Subject, subjectAt } from "../subject";
import type { Asked } from "./asked";
import { type ExplainedNode, shown } from "./explained-node";
import type { Finding } from "./finding";
import { traitFinding } from "./trait-finding";

/** Explains a condition of one of the account's people. */
type ExplainPerson = (node: AudienceTree, path: string, person: Person) => Generator<void, ExplainedNode>;

/** Which account decided: the first that fits, else the one that the person came to belong to last, and what is so of it. */
export function* explainAccount(
  node: AccountNode,
  path: string,
  asked: Asked,
  explainPerson: ExplainPerson,
): Generator<void, Partial<ExplainedNode>> {
  const subject = subjectAt(asked.person, { now: asked.now, timeZone: asked.context.timeZone });
  const accounts = accountsAt(subject);
  const fitting = accounts.find((account) => fits(node.condition, account, asked));
  const told = fitting ?? accounts.at(-1);
  yield;
  if (!told) return shown({ found: "belongs to no account", decided: [], considered: [] });
  const joined = (asked.person.memberships ?? []).flatMap((one) => (one.account === told ? [one.joined] : []));
  const evidence = joined.map((message) => ({ message, note: "came to belong to it" }));
  const called = accountCalled(told, subject.moment);
  const others = accounts.length - 1;
  const rest = fitting || others === 0 ? "" : `; ${nounWords(others, "further account")} did not fit either`;
  return {
    ...shown({ found: `belongs to ${called}${rest}`, decided: evidence, considered: [] }),
    children: [yield* explainCondition(node.condition, `${path}.condition`, told, asked, explainPerson)],
  };
}

function fits(node: AccountTree, account: Account, { now, context }: Asked): boolean {
  const moment = { now, timeZone: context.timeZone };
  return accountFits(node, account, { moment }, (inner, { person }) => nodeHolds(inner, person, now, context));
}

/** The account's name with its id, or its id alone. */
function accountCalled(account: Account, moment: Subject["moment"]): string {
  const { name } = traitsOf(traitSubject(account, moment).messages);
  return typeof name === "string" && name !== "" ? `“${name}” (${account.groupId})` : `“${account.groupId}”`;
}

function* explainCondition(
  node: AccountTree,
  path: string,
  account: Account,
  asked: Asked,
  explainPerson: ExplainPerson,
): Generator<void, ExplainedNode> {
  const { timeZone, audiences } = asked.context;
  const describing = describeContext(timeZone, audiences);
  const phrases = accountConditionPhrases(node, { timeZone, person: (inner) => nodePhrases(inner, describing) });
  const holds = fits(node, account, asked);
  yield;
  const inside = (child: AccountTree, at: string) =>
    explainCondition(child, `${path}.${at}`, account, asked, explainPerson);
  return {
    path,
    kind: node.kind,
    holds,
    sentence: sentenceText(phrases),
    phrases: spaced(phrases),
    ...(yield* rest()),
  };

  function* rest(): Generator<void, Partial<ExplainedNode>> {
    switch (node.kind) {
      case "all":
      case "any": {
        const children: ExplainedNode[] = [];
        for (const [index, child] of node.conditions.entries()) {
          children.push(yield* inside(child, `conditions[${index}]`));
        }
        return { children };
      }
      case "not":
        return { children: [yield* inside(node.condition, "condition")] };
      case "trait":
        return shown(accountTraitFinding(node, account, { now: asked.now, timeZone }));
      case "person": {
        const people = peopleAt(account, { now: asked.now, timeZone });
        const one = people.find(({ person }) => nodeHolds(node.condition, person, asked.now, asked.context));
        if (!one) {
          return shown({
            found: `nobody among ${peopleWords(people.length)} of the account`,
            decided: [],
            considered: [],
          });
        }
        return {
          found: personCalled(one.person),
          children: [yield* explainPerson(node.condition, `${path}.condition`, one.person)],
        };
      }
      default:
        return assertNever(node);
    }
  }
}

function peopleWords(count: number): string {
  return count === 1 ? "the one person" : `the ${numberWords(count)} people`;
}

function personCalled({ userId, anonymousIds }: Person): string {
  return userId ?? anonymousIds[0] ?? "somebody";
}

function accountTraitFinding(
  node: Extract<AccountTree, { kind: "trait" }>,
  account: Account,
  moment: Subject["moment"],
): Finding {
  if (node.trait === groupIdTrait) return { found: `is ${account.groupId}`, decided: [], considered: [] };
  const { found, decided, considered } = traitFinding(node, traitSubject(account, moment));
  const sent = new Map(account.messages.map((message): [number, HistoryMessage] => [message.arrival, message]));
  const asSent = decided.map((one) => ({ ...one, message: sent.get(one.message.arrival) ?? one.message }));
  return { found, decided: asSent, considered };
}
