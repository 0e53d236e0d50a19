import type * as profilesApi from "@/core/api/profiles";
import type { AudienceDefinition } from "@/core/audience/definition";
import { explaining } from "@/core/audience/explain";
import type { ExplainedNode } from "@/core/audience/explain/explained-node";
import type { Evidence } from "@/core/audience/explain/finding";
import { neededHistory } from "@/core/audience/needed-history";
import { validateDefinition } from "@/core/audience/validate";
import { audienceContext, momentOf } from "@/server/audiences/context";
import { Pace } from "@/server/audiences/event-lists/pace";
import type { Services } from "@/server/services";
import { readNeededHistory } from "./read-person";
import { resolveProfile } from "./resolve";

interface ExplainInput {
  definition: AudienceDefinition;
  asOf?: string | undefined;
}

/**
 * Why a person is in an audience as of a moment, now unless told, or is not. Any id of the person will do, also one that
 * was joined into another. Errors: `not_found`, `invalid` for the definition, `too_large` for a history past all bounds.
 */
export async function explainProfile(
  services: Pick<Services, "eventStore" | "metadata" | "now">,
  id: string,
  { definition, asOf }: ExplainInput,
  signal?: AbortSignal,
): Promise<profilesApi.Explanation> {
  const now = momentOf(services, asOf);
  const [profile, context] = await Promise.all([
    resolveProfile(services.eventStore, id),
    audienceContext(services, now, definition),
  ]);
  validateDefinition(definition, context);
  const needed = neededHistory(definition, context.audiences);
  const person = await readNeededHistory(services.eventStore, profile, now, needed, { signal });
  const work = explaining(definition, person, now, context);
  const pace = new Pace(signal);
  let step = work.next();
  for (; !step.done; step = work.next()) await pace.rest();
  const { member, excluded, nextChangeAt, node } = step.value;
  return {
    member,
    asOf: new Date(now).toISOString(),
    excluded,
    ...(nextChangeAt !== undefined && { nextChangeAt: nextChangeAt === null ? null : iso(nextChangeAt) }),
    node: answered(node),
  };
}

function answered({ phrases, evidence, considered, children, ...node }: ExplainedNode): profilesApi.ExplainedNode {
  return {
    ...node,
    phrases: phrases.map(({ role, text }) => ({ role, text })),
    ...(evidence && { evidence: evidence.map(answeredEvidence) }),
    ...(considered && { considered: considered.map(answeredEvidence) }),
    ...(children && { children: children.map(answered) }),
  };
}

function answeredEvidence({ message, value, note }: Evidence): profilesApi.Evidence {
  return {
    messageId: message.messageId,
    type: message.type,
    event: message.event,
    timestamp: iso(message.timestamp),
    ...(value !== undefined && { value }),
    ...(note !== undefined && { note }),
  };
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}
