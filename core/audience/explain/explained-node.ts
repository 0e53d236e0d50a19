import type { AccountTree, AudienceTree } from "../definition";
import type { Phrase } from "../describe/phrase";
import type { Evidence, Finding } from "./finding";

/** Why one node of a definition holds for a person, or does not. */
export interface ExplainedNode {
  /** `root.conditions[1]`; inside an audience that is referred to, `root.conditions[1].audience.root`. */
  path: string;
  kind: AudienceTree["kind"] | AccountTree["kind"];
  holds: boolean;
  sentence: string;
  /** The sentence in its parts, with the spaces between them. */
  phrases: Phrase[];
  found?: string;
  /** The latest of the messages that decided. */
  evidence?: readonly Evidence[];
  /** How many decided in all. */
  evidenceCount?: number;
  /** Where no message decided: those that came nearest. */
  considered?: readonly Evidence[];
  children?: ExplainedNode[];
}

/** How many messages are told of each condition. */
const shownEvidence = 10;

/** The part of a node that a finding makes. */
export function shown({ found, decided, considered }: Finding): Partial<ExplainedNode> {
  return {
    found,
    evidence: decided.slice(0, shownEvidence),
    evidenceCount: decided.length,
    ...(considered.length > 0 && { considered }),
  };
}
