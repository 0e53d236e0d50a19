/** Everybody's events of one name and type, as times in milliseconds since the epoch. Never changed: what comes in makes another list. */
export interface HeldList {
  /** By the person's number where their events begin, and after the last person where those end. Whoever has a higher number has none. */
  readonly begins: Uint32Array;
  /** Of each person in ascending order. */
  readonly times: Float64Array;
  /** The latest of all; -Infinity where there is none. */
  readonly latest: number;
}

export function bytesOf({ begins, times }: HeldList): number {
  return begins.byteLength + times.byteLength;
}

/** Where the events of a person begin and end in a list. */
export function beginOf({ begins }: HeldList, person: number): number {
  return begins[person] ?? begins[begins.length - 1] ?? 0;
}

/** Further events, person by person in ascending order of numbers, and of each person in ascending order of time. */
export interface FurtherEvents {
  people: Uint32Array;
  times: Float64Array;
}

/**
 * The list with further events. Of `replaced` people, in ascending order, these are all that there are; of the others they come beside
 * what there was. Stretches of people of whom nothing is new are copied as a whole.
 */
export function withFurther(list: HeldList, replaced: Uint32Array, further: FurtherEvents): HeldList {
  if (replaced.length + further.people.length === 0) return list;
  const people = Math.max(list.begins.length - 1, (further.people.at(-1) ?? -1) + 1);
  const begins = new Uint32Array(people + 1);
  const times = new Float64Array(list.times.length + further.times.length);
  let latest = list.latest;
  let rows = 0;
  let person = 0;
  let place = 0;
  let replacing = 0;

  const copyUntil = (end: number) => {
    const first = beginOf(list, person);
    const last = beginOf(list, end);
    const shift = rows - first;
    for (let at = person; at < end; at += 1) begins[at] = beginOf(list, at) + shift;
    times.set(list.times.subarray(first, last), rows);
    rows += last - first;
    person = end;
  };

  while (place < further.people.length || replacing < replaced.length) {
    const touched = Math.min(further.people[place] ?? Infinity, replaced[replacing] ?? Infinity);
    if (touched >= people) break;
    copyUntil(touched);
    const isReplaced = replaced[replacing] === touched;
    if (isReplaced) replacing += 1;
    begins[touched] = rows;
    let old = beginOf(list, touched);
    const oldEnd = isReplaced ? old : beginOf(list, touched + 1);
    while (further.people[place] === touched) {
      const time = further.times[place] ?? 0;
      while (old < oldEnd && (list.times[old] ?? 0) <= time) times[rows++] = list.times[old++] ?? 0;
      times[rows++] = time;
      latest = Math.max(latest, time);
      place += 1;
    }
    while (old < oldEnd) times[rows++] = list.times[old++] ?? 0;
    person = touched + 1;
  }
  copyUntil(people);
  begins[people] = rows;
  return { begins, times: rows < times.length ? times.slice(0, rows) : times, latest };
}
