/** Every tag of some audiences with how many have it, from A to Z. */
export function tagsOf(audiences: readonly { tags: readonly string[] }[]): { name: string; audiences: number }[] {
  const counts = new Map<string, number>();
  for (const tag of audiences.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, audiences: count }))
    .sort((one, other) => one.name.localeCompare(other.name));
}
