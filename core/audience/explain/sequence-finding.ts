import type { SequenceNode } from "../definition";
import { momentWords } from "../describe/instant-words";
import { numberWords } from "../describe/number-words";
import { findSequence } from "../sequence";
import type { Subject } from "../subject";
import type { Finding } from "./finding";

/** The chain of events that decided a sequence: a step each, and what ended it. */
export function sequenceFinding(node: SequenceNode, subject: Subject): Finding {
  const { chain, stoppedBy, openUntil } = findSequence(node, subject);
  const steps = chain.map((message, index) => ({ message, note: `step ${index + 1}` }));
  return {
    found: foundWords(),
    decided: [...steps, ...(stoppedBy ? [{ message: stoppedBy, note: "then not" }] : [])].reverse(),
    considered: [],
  };

  function foundWords(): string {
    const { length } = node.steps;
    if (chain.length === 0) return "no event for the first step";
    if (chain.length < length) return `got to step ${numberWords(chain.length)} of ${numberWords(length)}`;
    if (stoppedBy) return "did all steps, and then what must not follow";
    if (openUntil !== undefined)
      return `did all steps; may still do what must not follow until ${momentWords(openUntil, subject.moment.timeZone)}`;
    return "did all steps";
  }
}
