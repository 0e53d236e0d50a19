/** Values are told apart in so many ranges of equal width, so that only those near a quantile need be put in order. */
const ranges = 4_096;

/**
 * For each fraction the value below which it lies, by linear interpolation between neighbours. Of values in several arrays, not empty
 * together, which are gone through and not moved. Source of the formula: type 7 of Hyndman and Fan (1996).
 */
export function quantiles(values: readonly Float64Array[], fractions: readonly number[]): number[] {
  const { count, least, most } = extremesOf(values);
  const width = (most - least) / ranges;
  if (width === 0) return fractions.map(() => least);
  const counts = new Uint32Array(ranges);
  for (const some of values) countRanges(some, least, width, counts);
  return fractions.map((fraction) => {
    const position = (count - 1) * fraction;
    const index = Math.floor(position);
    const below = valueAt(values, index, least, width, counts);
    if (position === index) return below;
    return below + (valueAt(values, index + 1, least, width, counts) - below) * (position - index);
  });
}

function extremesOf(values: readonly Float64Array[]): { count: number; least: number; most: number } {
  let count = 0;
  let least = Infinity;
  let most = -Infinity;
  for (const some of values) {
    count += some.length;
    for (let at = 0; at < some.length; at += 1) {
      const value = some[at] ?? 0;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return { count, least, most };
}

function rangeOf(value: number, least: number, width: number): number {
  return Math.min(ranges - 1, Math.floor((value - least) / width));
}

function countRanges(values: Float64Array, least: number, width: number, counts: Uint32Array): void {
  for (let at = 0; at < values.length; at += 1) {
    const range = rangeOf(values[at] ?? 0, least, width);
    counts[range] = (counts[range] ?? 0) + 1;
  }
}

/** The value that sorting would put at an index. */
function valueAt(
  values: readonly Float64Array[],
  index: number,
  least: number,
  width: number,
  counts: Uint32Array,
): number {
  let before = 0;
  let range = 0;
  for (; range < ranges - 1 && before + (counts[range] ?? 0) <= index; range += 1) before += counts[range] ?? 0;
  const near = new Float64Array(counts[range] ?? 0);
  let found = 0;
  for (const some of values) found = gather(some, range, least, width, near, found);
  return near.sort()[index - before] ?? Number.NaN;
}

function gather(
  values: Float64Array,
  range: number,
  least: number,
  width: number,
  near: Float64Array,
  found: number,
): number {
  let next = found;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    if (rangeOf(value, least, width) !== range) continue;
    near[next] = value;
    next += 1;
  }
  return next;
}
