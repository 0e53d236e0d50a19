import { assertNever } from "../errors";
import { accountHolds } from "./account-node";
import type { AudienceDefinition, AudienceNode, AudienceTree } from "./definition";
import { eventHolds } from "./event-node";
import { funnelHolds } from "./funnel-node";
import type { Person } from "./person";
import { type AudiencesById, audienceById, checkReferences } from "./references";
import { sequenceHolds } from "./sequence";
import { type Subject, subjectAt } from "./subject";
import { traitHolds } from "./trait-node";

/** What a definition is evaluated against, besides the person and the moment. */
export interface EvaluationContext {
  /** IANA name of the workspace's zone. */
  timeZone: string;
  audiences: AudiencesById;
}

/** Definitions whose references were followed last, with the audiences among which they were. */
const sound = new WeakMap<AudienceDefinition, AudiencesById>();

/**
 * Whether a person is in an audience at `now` (milliseconds since the epoch). This is what definitions mean, for one
 * person, slow and obvious; the compiler must agree with it. Throws `invalid` for audiences that refer to none or to
 * themselves, and for instants that are no dates.
 */
export function evaluate(
  definition: AudienceDefinition,
  person: Person,
  now: number,
  { timeZone, audiences }: EvaluationContext,
): boolean {
  // The same definition is asked of many people among the same audiences.
  if (sound.get(definition) !== audiences) {
    checkReferences(definition, audiences);
    sound.set(definition, audiences);
  }
  return isMember(definition, subjectAt(person, { now, timeZone }), audiences);
}

/** Whether one node holds for a person, who is taken to be a candidate. */
export function nodeHolds(node: AudienceTree, person: Person, now: number, context: EvaluationContext): boolean {
  return subtreeHolds(node, subjectAt(person, { now, timeZone: context.timeZone }), context.audiences);
}

function isMember(definition: AudienceDefinition, subject: Subject, audiences: AudiencesById): boolean {
  return isCandidate(definition, subject) && subtreeHolds(definition.root, subject, audiences);
}

function isCandidate({ includeAnonymous = false }: AudienceDefinition, { person, messages }: Subject): boolean {
  return messages.length > 0 && (person.userId !== null || includeAnonymous);
}

function subtreeHolds(node: AudienceTree, subject: Subject, audiences: AudiencesById): boolean {
  switch (node.kind) {
    case "all":
      return node.conditions.every((child) => subtreeHolds(child, subject, audiences));
    case "any":
      return node.conditions.some((child) => subtreeHolds(child, subject, audiences));
    case "not":
      return !subtreeHolds(node.condition, subject, audiences);
    case "event":
      return eventHolds(node, subject);
    case "trait":
      return traitHolds(node, subject);
    case "sequence":
      return sequenceHolds(node, subject);
    case "audience":
      return audienceHolds(node, subject, audiences);
    case "funnel":
      return funnelHolds(node, subject, (audienceId) =>
        audienceHolds({ kind: "audience", audienceId, member: true }, subject, audiences),
      );
    case "account":
      return accountHolds(node, subject, (inner, member) => subtreeHolds(inner, member, audiences));
    default:
      return assertNever(node);
  }
}

function audienceHolds({ audienceId, member }: AudienceNode, subject: Subject, audiences: AudiencesById): boolean {
  const { definition } = audienceById(audiences, { audienceId, path: "root" });
  return isMember(definition, subject, audiences) === member;
}
