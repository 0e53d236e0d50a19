import type { VersionAuthor } from "@/core/api/versions";
import type { Metadata } from "@/server/metadata/scoped";

const tokenPrefix = "token:";

/** Who the makers noted with versions are (see `actorId`), by what was noted. Those no longer known are left out. */
export async function versionAuthors(
  metadata: Metadata,
  noted: readonly (string | null)[],
): Promise<ReadonlyMap<string, VersionAuthor>> {
  const ids = [...new Set(noted.filter((id) => id !== null))];
  const tokenIds = ids.filter((id) => id.startsWith(tokenPrefix)).map((id) => id.slice(tokenPrefix.length));
  const [users, tokens] = await Promise.all([
    metadata.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true, email: true } }),
    metadata.apiToken.findMany({ where: { id: { in: tokenIds } }, select: { id: true, name: true } }),
  ]);
  return new Map<string, VersionAuthor>([
    ["environment", { kind: "environment" }],
    ...users.map(({ id, name, email }) => [id, { kind: "user", name, email }] as const),
    ...tokens.map(({ id, name }) => [`${tokenPrefix}${id}`, { kind: "token", name }] as const),
  ]);
}
