import type { SequenceNode, SequenceStep } from "@/core/audience/definition";
import { matchesEvent } from "@/core/audience/match-event";
import type { Subject } from "@/core/audience/subject";
import { boundsOf, isInside } from "@/core/audience/window";
import { durationMs } from "@/core/duration";
import type { HistoryMessage } from "@/core/event/message";

/** The end of a chain that has reached a step: the index of its last event, and when its first one happened. */
interface ChainEnd {
  at: number;
  /** Of all chains that end here the latest, for it leaves the most room to whatever is bound to the first event. */
  startedAt: number;
}

/** Whether some chain of events does the steps in Order: what docs/semantics.md says, slow and obvious. */
export function obviousSequenceHolds(node: SequenceNode, subject: Subject): boolean {
  const { messages, moment } = subject;
  const ends = chainEnds(node, subject);
  const { thenNot } = node;
  if (!thenNot) return ends.length > 0;
  return ends.some(({ at }) => {
    const until = timestampAt(messages, at) + (thenNot.within ? durationMs(thenNot.within) : Infinity);
    const follows = messages.some(
      (message, index) => index > at && message.timestamp <= until && matchesEvent(thenNot, message, moment),
    );
    // Nobody is said not to have done what they still have time for.
    return !follows && (thenNot.within === undefined || moment.now > until);
  });
}

function chainEnds({ steps, window }: SequenceNode, subject: Subject): ChainEnd[] {
  const { messages, moment } = subject;
  const bounds = boundsOf(window, subject);
  return steps.reduce<ChainEnd[]>((reached, step, stepIndex) => {
    return messages.flatMap((message, at) => {
      if (!matchesEvent(step, message, moment)) return [];
      if (stepIndex === 0) {
        const { timestamp } = message;
        return isInside(bounds, timestamp) ? [{ at, startedAt: timestamp }] : [];
      }
      const starts = reached
        .filter((end) => end.at < at && isWithin(step, end, messages, message.timestamp))
        .map((end) => end.startedAt);
      return starts.length === 0 ? [] : [{ at, startedAt: Math.max(...starts) }];
    });
  }, []);
}

function isWithin(step: SequenceStep, end: ChainEnd, messages: readonly HistoryMessage[], timestamp: number): boolean {
  if (!step.within) return true;
  const since = step.within.of === "first" ? end.startedAt : timestampAt(messages, end.at);
  return timestamp - since <= durationMs(step.within);
}

function timestampAt(messages: readonly HistoryMessage[], index: number): number {
  return messages[index]?.timestamp ?? Number.NaN;
}
