/** Up to so many events of a list are moved one by one. */
const few = 48;

/** Puts the times from `from` to just before `to` in ascending order. They are nearly so: in runs, one for each month and part of the store. */
export function orderTimes(times: Float64Array, from: number, to: number): void {
  if (to - from > few) {
    times.subarray(from, to).sort();
    return;
  }
  for (let next = from + 1; next < to; next += 1) {
    const time = times[next] ?? 0;
    let at = next;
    for (; at > from && (times[at - 1] ?? 0) > time; at -= 1) times[at] = times[at - 1] ?? 0;
    times[at] = time;
  }
}

/** Puts events in Order, by their times and then by their arrivals. */
export function orderEvents(times: Float64Array, arrivals: Float64Array, from: number, to: number): void {
  if (to - from > few) {
    orderMany(times, arrivals, from, to);
    return;
  }
  for (let next = from + 1; next < to; next += 1) {
    const time = times[next] ?? 0;
    const arrival = arrivals[next] ?? 0;
    let at = next;
    for (; at > from; at -= 1) {
      const earlier = times[at - 1] ?? 0;
      if (earlier < time || (earlier === time && (arrivals[at - 1] ?? 0) < arrival)) break;
      times[at] = earlier;
      arrivals[at] = arrivals[at - 1] ?? 0;
    }
    times[at] = time;
    arrivals[at] = arrival;
  }
}

function orderMany(times: Float64Array, arrivals: Float64Array, from: number, to: number): void {
  const positions = Uint32Array.from({ length: to - from }, (_, index) => from + index);
  positions.sort(
    (one, other) => (times[one] ?? 0) - (times[other] ?? 0) || (arrivals[one] ?? 0) - (arrivals[other] ?? 0),
  );
  for (const column of [times, arrivals]) {
    column.set(
      Float64Array.from(positions, (position) => column[position] ?? 0),
      from,
    );
  }
}
