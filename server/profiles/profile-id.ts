/** A person's public id: "p" and the number. */
export function profileId(profile: number): string {
  return `p${profile}`;
}

/** The number of a public id; undefined for text that is none. */
export function profileNumber(id: string): number | undefined {
  if (!/^p(0|[1-9]\d{0,9})$/.test(id)) return undefined;
  const number = Number(id.slice(1));
  return number < 2 ** 32 ? number : undefined;
}
