/** Which of these keys hang together by the pairs: groups in the order of their first keys. */
export function partsOf(keys: readonly string[], pairs: readonly (readonly [string, string])[]): string[][] {
  const heads = new Map(keys.map((key) => [key, key]));
  const headOf = (key: string): string => {
    let head = key;
    for (let next = heads.get(head); next !== undefined && next !== head; next = heads.get(head)) head = next;
    return head;
  };
  for (const [one, other] of pairs) if (heads.has(one) && heads.has(other)) heads.set(headOf(other), headOf(one));
  const parts = new Map<string, string[]>();
  for (const key of keys) {
    const head = headOf(key);
    parts.set(head, [...(parts.get(head) ?? []), key]);
  }
  return [...parts.values()];
}
