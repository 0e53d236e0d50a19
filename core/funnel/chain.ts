/** An event of a person that fits at least one step, in a list kept in Order. */
export interface StepEvent {
  /** Milliseconds since the epoch. */
  timestamp: number;
  /** For each step, from the first: whether the event fits it. */
  fits: readonly boolean[];
}

export interface ChainRules {
  /** Number of steps. */
  steps: number;
  /** Milliseconds from the first event of a chain to each later one, inclusive; null sets no limit. */
  windowMs: number | null;
  /** Bounds the first event, in milliseconds since the epoch: from ≤ t < to. */
  range: { from: number; to: number } | null;
}

/**
 * The chain that decides a person's result: of the deepest ones the one that starts first, of those the one with the
 * earliest events in Order, compared one by one. Given as the events of step 1, 2, …; empty when no chain starts.
 */
export function deepestChain<Event extends StepEvent>(events: readonly Event[], rules: ChainRules): Event[] {
  let deepest: Event[] = [];
  for (const [index, event] of events.entries()) {
    if (!mayStart(event, rules)) continue;
    const chain = chainFrom(index, events, rules);
    if (chain.length > deepest.length) deepest = chain;
  }
  return deepest;
}

function mayStart({ timestamp, fits }: StepEvent, { range }: ChainRules): boolean {
  return fits[0] === true && (range === null || (range.from <= timestamp && timestamp < range.to));
}

/**
 * From a given start, always taking the earliest event that fits the next step goes as deep as any chain can:
 * an earlier event leaves more events, and more of the window, for the steps after it.
 */
function chainFrom<Event extends StepEvent>(start: number, events: readonly Event[], rules: ChainRules): Event[] {
  const chain: Event[] = [];
  let first: Event | undefined;
  for (const event of events.slice(start)) {
    first ??= event;
    if (rules.windowMs !== null && event.timestamp - first.timestamp > rules.windowMs) break;
    if (event.fits[chain.length]) chain.push(event);
    if (chain.length === rules.steps) break;
  }
  return chain;
}
