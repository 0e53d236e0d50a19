const longest = 60;

/** What other tools know an audience by, made of its name: small letters and digits, joined by underscores. */
export function keyFromName(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join("_").slice(0, longest).replace(/_$/, "") || "audience";
}

/** The key, or the key with the first free number behind it. */
export function freeKey(key: string, taken: ReadonlySet<string>): string {
  if (!taken.has(key)) return key;
  let number = 2;
  while (taken.has(`${key}_${number}`)) number += 1;
  return `${key}_${number}`;
}
