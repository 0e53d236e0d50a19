interface Searched {
  label: string;
  kind?: string;
}

/** The options that have every word of the search in them, those that begin with it first, otherwise in their order. */
export function matchingOptions<Option extends Searched>(options: readonly Option[], search: string): Option[] {
  if (search === "") return [...options];
  const wanted = search.toLowerCase();
  const words = wanted.split(/\s+/);
  const ranked = options.flatMap((option) => {
    const label = option.label.toLowerCase();
    const text = `${label} ${option.kind ?? ""}`;
    return words.every((word) => text.includes(word)) ? [{ option, rank: rankOf(label, wanted) }] : [];
  });
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ option }) => option);
}

function rankOf(label: string, wanted: string): number {
  const at = label.indexOf(wanted);
  if (label === wanted) return 0;
  if (at === 0) return 1;
  if (at > 0 && /[^\p{L}\p{N}]/u.test(label[at - 1] ?? "")) return 2;
  return at > 0 ? 3 : 4;
}
