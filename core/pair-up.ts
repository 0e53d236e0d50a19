/** Text that is equal for what is equal, whatever the order of keys. */
export function keyOf(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Each of the first list with one of the same key in the second, in order; none is used twice. */
export function pairsOf<Item>(
  first: readonly Item[],
  second: readonly Item[],
  key: (item: Item) => string,
): (readonly [Item, Item])[] {
  const left = [...second];
  return first.flatMap((item) => {
    const index = left.findIndex((other) => key(other) === key(item));
    const [found] = index < 0 ? [] : left.splice(index, 1);
    return found === undefined ? [] : [[item, found] as const];
  });
}

/** Both lists without what pairs up. */
export function withoutPairs<Item>(
  first: readonly Item[],
  second: readonly Item[],
  key: (item: Item) => string,
): [Item[], Item[]] {
  const pairs = pairsOf(first, second, key);
  const [used, met] = [new Set(pairs.map(([one]) => one)), new Set(pairs.map(([, other]) => other))];
  return [first.filter((item) => !used.has(item)), second.filter((item) => !met.has(item))];
}
