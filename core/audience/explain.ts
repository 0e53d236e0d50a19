import { assertNever } from "../errors";
import type { AudienceDefinition, AudienceNode, AudienceTree } from "./definition";
import { describeContext } from "./describe/describe-context";
import { nodePhrases } from "./describe/describe-node";
import { sentenceText, spaced } from "./describe/phrase";
import { type EvaluationContext, evaluate, nodeHolds } from "./evaluate";
import { explainAccount } from "./explain/account-explanation";
import type { Asked } from "./explain/asked";
import { eventFinding } from "./explain/event-finding";
import { type ExplainedNode, shown } from "./explain/explained-node";
import { funnelFinding } from "./explain/funnel-finding";
import { sequenceFinding } from "./explain/sequence-finding";
import { traitFinding } from "./explain/trait-finding";
import { findingNextChange } from "./next-change";
import { relevantMessages } from "./next-change/relevant";
import type { Person } from "./person";
import { audienceById } from "./references";
import { subjectAt } from "./subject";

export interface Explanation {
  member: boolean;
  /** Why the person cannot be in whatever the conditions say; null for a candidate. */
  excluded: string | null;
  /** As `nextChangeAt` has it. */
  nextChangeAt: number | null | undefined;
  node: ExplainedNode;
}

/**
 * Why a person is in an audience at `now`, or is not: `evaluate` decides, of the whole and of each node. `person` holds the
 * messages that are dated later as well, for the moment of the next change. Works bit by bit, for a long history takes a while
 * and others must have their turn. Errors are those of `evaluate`.
 */
export function* explaining(
  definition: AudienceDefinition,
  person: Person,
  now: number,
  context: EvaluationContext,
): Generator<void, Explanation> {
  const member = evaluate(definition, person, now, context);
  yield;
  const nextChangeAt = yield* findingNextChange(definition, person, { now }, context);
  return {
    member,
    excluded: exclusion(definition, person, now),
    nextChangeAt,
    node: yield* explainNode(definition.root, "root", { person, now, context }),
  };
}

function exclusion({ includeAnonymous = false }: AudienceDefinition, person: Person, now: number): string | null {
  const first = person.messages[0];
  if (!first || first.timestamp > now) return "There was no message of this person yet.";
  if (person.userId === null && !includeAnonymous) return "Anonymous so far, and anonymous visitors are left out.";
  return null;
}

function* explainNode(node: AudienceTree, path: string, asked: Asked): Generator<void, ExplainedNode> {
  const { timeZone, audiences } = asked.context;
  const phrases = nodePhrases(node, describeContext(timeZone, audiences));
  const holds = nodeHolds(node, relevantPerson(node, asked.person), asked.now, asked.context);
  yield;
  return {
    path,
    kind: node.kind,
    holds,
    sentence: sentenceText(phrases),
    phrases: spaced(phrases),
    ...(yield* restOf(node, path, asked)),
  };
}

/** Of a single condition only the messages that matter to it are looked at. */
function relevantPerson(node: AudienceTree, person: Person): Person {
  if (node.kind !== "event" && node.kind !== "trait" && node.kind !== "sequence") return person;
  return { ...person, messages: relevantMessages(node, person.messages) };
}

function* restOf(node: AudienceTree, path: string, asked: Asked): Generator<void, Partial<ExplainedNode>> {
  const { person, now, context } = asked;
  const subject = () => subjectAt(relevantPerson(node, person), { now, timeZone: context.timeZone });
  switch (node.kind) {
    case "all":
    case "any": {
      const children: ExplainedNode[] = [];
      for (const [index, child] of node.conditions.entries()) {
        children.push(yield* explainNode(child, `${path}.conditions[${index}]`, asked));
      }
      return { children };
    }
    case "not":
      return { children: [yield* explainNode(node.condition, `${path}.condition`, asked)] };
    case "audience":
      return yield* explainAudience(node, path, asked);
    case "event":
      return shown(eventFinding(node, subject()));
    case "trait":
      return shown(traitFinding(node, subject()));
    case "sequence":
      return shown(sequenceFinding(node, subject()));
    case "funnel":
      return shown(funnelFinding(node, subject()));
    case "account":
      return yield* explainAccount(node, path, asked, (inner, at, member) =>
        explainNode(inner, at, { ...asked, person: member }),
      );
    default:
      return assertNever(node);
  }
}

function* explainAudience(
  { audienceId }: AudienceNode,
  path: string,
  asked: Asked,
): Generator<void, Partial<ExplainedNode>> {
  const { definition } = audienceById(asked.context.audiences, { audienceId, path });
  const excluded = exclusion(definition, asked.person, asked.now);
  return {
    ...(excluded !== null && { found: excluded }),
    children: [yield* explainNode(definition.root, `${path}.audience.root`, asked)],
  };
}
