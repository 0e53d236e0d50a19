/** A funnel and a history as the words of the semantics have them, for an oracle that tries every chain there is. */
export interface OracleFunnel {
  steps: readonly { optional: boolean }[];
  order: "ordered" | "strict" | "unordered";
  entry: "any" | "first";
  windowMs: number | null;
  range: { from: number; to: number } | null;
  exclude: readonly { after: number; before: number }[];
}

/** An event of a history in Order. */
export interface OracleEvent {
  timestamp: number;
  /** The numbers of the steps that it fits, from 1. */
  fits: readonly number[];
  /** The positions of the exclusions that it fits. */
  excluded: readonly number[];
}

/** One event of a chain: its position in the history, and the number of the step that it does. */
interface Link {
  at: number;
  step: number;
}

export interface OracleResult {
  depth: number;
  /** Positions of the deciding chain's events. */
  events: number[];
  /** Numbers of the steps that they did; of an unordered funnel 1, 2, 3 … */
  steps: number[];
  /** Numbers of the steps whose people they are one of. */
  reached: number[];
}

/** Finds the deciding chain by trying all chains, one sentence of the semantics after the other. */
export function resultByTryingAll(funnel: OracleFunnel, history: readonly OracleEvent[]): OracleResult {
  const chains = starts(funnel, history).flatMap((link) => extensions(funnel, history, [link]));
  const depth = Math.max(0, ...chains.map((chain) => depthOf(funnel, chain)));
  const deepest = chains.filter((chain) => depthOf(funnel, chain) === depth).sort(byEvents);
  const decides = deepest[0] ?? [];
  const unordered = funnel.order === "unordered";
  const done = unordered
    ? decides.map((_, position) => position + 1)
    : [...new Set(deepest.flatMap((chain) => chain.map(({ step }) => step)))];
  return {
    depth,
    events: decides.map(({ at }) => at),
    steps: unordered ? done : decides.map(({ step }) => step),
    reached: done.sort((a, b) => a - b),
  };
}

function starts({ order, entry, range }: OracleFunnel, history: readonly OracleEvent[]): Link[] {
  const links = history.flatMap(({ timestamp, fits }, at) => {
    const inRange = range === null || (range.from <= timestamp && timestamp < range.to);
    if (!inRange) return [];
    return fits.filter((step) => order === "unordered" || step === 1).map((step) => ({ at, step }));
  });
  return entry === "any" ? links : links.filter(({ at }) => at === links[0]?.at);
}

function extensions(funnel: OracleFunnel, history: readonly OracleEvent[], chain: readonly Link[]): Link[][] {
  const further = history.flatMap(({ fits }, at) =>
    fits.map((step) => ({ at, step })).filter((link) => mayFollow(funnel, history, chain, link)),
  );
  return [[...chain], ...further.flatMap((link) => extensions(funnel, history, [...chain, link]))];
}

function mayFollow(funnel: OracleFunnel, history: readonly OracleEvent[], chain: readonly Link[], link: Link): boolean {
  const [first, last] = [chain[0], chain.at(-1)];
  if (!first || !last || link.at <= last.at) return false;
  const time = (at: number) => history[at]?.timestamp ?? Number.NaN;
  if (funnel.windowMs !== null && time(link.at) - time(first.at) > funnel.windowMs) return false;
  if (funnel.order === "strict" && link.at !== last.at + 1) return false;
  if (
    funnel.order === "unordered" ? chain.some(({ step }) => step === link.step) : !isNext(funnel, last.step, link.step)
  ) {
    return false;
  }
  const passed = depthOf(funnel, chain);
  return !funnel.exclude.some(
    ({ after, before }, exclusion) =>
      passed >= after &&
      passed < before &&
      history.some(({ excluded }, at) => at > last.at && at <= link.at && excluded.includes(exclusion)),
  );
}

function isNext({ steps }: OracleFunnel, last: number, step: number): boolean {
  return step > last && steps.slice(last, step - 1).every(({ optional }) => optional);
}

function depthOf({ order }: OracleFunnel, chain: readonly Link[]): number {
  return order === "unordered" ? chain.length : (chain.at(-1)?.step ?? 0);
}

/** The earliest events in Order, compared one by one; an end before a further event; then the earlier steps. */
function byEvents(a: readonly Link[], b: readonly Link[]): number {
  return compare(positions(a), positions(b)) || compare(stepsOf(a), stepsOf(b));
}

const positions = (chain: readonly Link[]) => chain.map(({ at }) => at);
const stepsOf = (chain: readonly Link[]) => chain.map(({ step }) => step);

function compare(a: readonly number[], b: readonly number[]): number {
  const different = a.findIndex((value, position) => value !== b[position]);
  if (different < 0) return a.length - b.length;
  return (a[different] ?? 0) - (b[different] ?? -1);
}
