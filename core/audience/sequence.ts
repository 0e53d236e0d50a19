import { durationMs } from "../duration";
import type { HistoryMessage } from "../event/message";
import type { SequenceNode, SequenceStep } from "./definition";
import { matchesEvent } from "./match-event";
import type { Subject } from "./subject";
import { boundsOf, isInside } from "./window";

/** The end of a chain that has reached a step, and the chain that it goes on from. */
interface ChainEnd {
  /** Index of its event among the messages. */
  at: number;
  /** When the first event of the chain happened: of all chains that end here the latest. */
  startedAt: number;
  from: ChainEnd | undefined;
}

/** What a sequence comes to for one person. */
interface SequenceFinding {
  holds: boolean;
  /** The events of the chain that decided, a step each: a whole one that holds if there is one, else the deepest. */
  chain: HistoryMessage[];
  /** The event that ended a whole chain by being what `thenNot` forbids. */
  stoppedBy: HistoryMessage | undefined;
  /** Until when the person may still do what `thenNot` forbids: the end of that time, inclusive. */
  openUntil: number | undefined;
}

/** Whether some chain of events does the steps in Order. */
export function sequenceHolds(node: SequenceNode, subject: Subject): boolean {
  return findSequence(node, subject).holds;
}

/**
 * Whether some chain of events does the steps in Order, with the events that decide it. Each step goes through the messages
 * once, so that the longest history takes no more than its length.
 */
export function findSequence(node: SequenceNode, subject: Subject): SequenceFinding {
  const { messages } = subject;
  const reached = endsByStep(node, subject);
  const last = reached[node.steps.length - 1] ?? [];
  const deepest = reached.findLast((ends) => ends.length > 0)?.at(-1);
  if (last.length === 0 || !node.thenNot) {
    return { holds: last.length > 0, chain: chainOf(deepest, messages), stoppedBy: undefined, openUntil: undefined };
  }
  const { within } = node.thenNot;
  const stops = nextStops(node.thenNot, subject);
  const verdicts = last.map((end) => {
    const until = (messages[end.at]?.timestamp ?? Number.NaN) + (within ? durationMs(within) : Infinity);
    const stop = stops[end.at + 1];
    const stoppedBy = stop !== undefined && stop.timestamp <= until ? stop : undefined;
    const open = within !== undefined && subject.moment.now <= until;
    return { end, holds: !stoppedBy && !open, stoppedBy, openUntil: !stoppedBy && open ? until : undefined };
  });
  const decided =
    verdicts.findLast(({ holds }) => holds) ??
    verdicts.findLast(({ openUntil }) => openUntil !== undefined) ??
    verdicts.at(-1);
  return {
    holds: decided?.holds ?? false,
    chain: chainOf(decided?.end, messages),
    stoppedBy: decided?.stoppedBy,
    openUntil: decided?.openUntil,
  };
}

function chainOf(end: ChainEnd | undefined, messages: readonly HistoryMessage[]): HistoryMessage[] {
  const chain: HistoryMessage[] = [];
  for (let at = end; at; at = at.from) {
    const message = messages[at.at];
    if (message) chain.unshift(message);
  }
  return chain;
}

/** For each step the ends of chains that reach it, by the event that does it, in Order. */
function endsByStep(node: SequenceNode, subject: Subject): ChainEnd[][] {
  const { messages, moment } = subject;
  const bounds = boundsOf(node.window, subject);
  const reached: ChainEnd[][] = [];
  for (const [index, step] of node.steps.entries()) {
    const before = reached[index - 1];
    const ends: ChainEnd[] = [];
    const starts = new Starts(step, before ?? []);
    for (const [at, message] of messages.entries()) {
      if (!matchesEvent(step, message, moment)) continue;
      const { timestamp } = message;
      if (!before) {
        if (isInside(bounds, timestamp)) ends.push({ at, startedAt: timestamp, from: undefined });
        continue;
      }
      const from = starts.latestBefore(at, timestamp, messages);
      if (from) ends.push({ at, startedAt: from.startedAt, from });
    }
    reached.push(ends);
  }
  return reached;
}

/** Of the ends of one step, asked in Order, the one with the latest start that an event of the next step may follow. */
class Starts {
  /** Those that may still be the answer, in Order, the latest start first. */
  private readonly waiting: ChainEnd[] = [];
  private first = 0;
  private next = 0;

  constructor(
    private readonly step: SequenceStep,
    private readonly ends: readonly ChainEnd[],
  ) {}

  latestBefore(at: number, timestamp: number, messages: readonly HistoryMessage[]): ChainEnd | undefined {
    for (let end = this.ends[this.next]; end && end.at < at; end = this.ends[this.next]) {
      this.admit(end);
      this.next += 1;
    }
    const { within } = this.step;
    const length = within ? durationMs(within) : Infinity;
    if (within?.of !== "first") {
      for (let end = this.waiting[this.first]; end; end = this.waiting[this.first]) {
        if (timestamp - (messages[end.at]?.timestamp ?? 0) <= length) return end;
        // Later events are further away still.
        this.first += 1;
      }
      return undefined;
    }
    const best = this.waiting[this.first];
    return best && timestamp - best.startedAt <= length ? best : undefined;
  }

  private admit(end: ChainEnd): void {
    while (this.waiting.length > this.first && (this.waiting.at(-1)?.startedAt ?? 0) <= end.startedAt)
      this.waiting.pop();
    this.waiting.push(end);
  }
}

/** For each index the first message from there on that is what must not follow. */
function nextStops(
  thenNot: NonNullable<SequenceNode["thenNot"]>,
  { messages, moment }: Subject,
): (HistoryMessage | undefined)[] {
  const stops: (HistoryMessage | undefined)[] = new Array(messages.length + 1).fill(undefined);
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index];
    stops[index] = message && matchesEvent(thenNot, message, moment) ? message : stops[index + 1];
  }
  return stops;
}
