/**
 * The value below which the given fraction lies, by linear interpolation between neighbours; of values that are not empty.
 * Changes their order. `from`: values before it are known to be none larger than those after, as they are when a lower fraction was asked
 * for.
 */
export function quantile(values: Float64Array, fraction: number, from = 0): number {
  const position = (values.length - 1) * fraction;
  const index = Math.floor(position);
  const below = placed(values, index, from);
  if (position === index) return below;
  let above = Infinity;
  for (let at = index + 1; at < values.length; at += 1) above = Math.min(above, values[at] ?? Infinity);
  return below + (above - below) * (position - index);
}

/** Moves values until the one at `index` is where sorting would put it, with none larger before and none smaller after it. */
function placed(values: Float64Array, index: number, from: number): number {
  let low = from;
  let high = values.length - 1;
  while (low < high) {
    const pivot = middleOf(values[low] ?? 0, values[(low + high) >> 1] ?? 0, values[high] ?? 0);
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left += 1;
      while ((values[right] ?? 0) > pivot) right -= 1;
      if (left > right) break;
      const value = values[left] ?? 0;
      values[left] = values[right] ?? 0;
      values[right] = value;
      left += 1;
      right -= 1;
    }
    if (index <= right) high = right;
    else if (index >= left) low = left;
    else break;
  }
  return values[index] ?? Number.NaN;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
