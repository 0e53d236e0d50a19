/** Who is calling: the owner in a browser, or a program with a token. */
export type Actor =
  | { kind: "user"; user: { id: string; name: string; email: string } }
  | { kind: "token"; tokenId: string; name: string; workspaceId: string }
  /** `FOOTHOLD_API_TOKEN`. */
  | { kind: "environment" };

/** What is noted as the maker of a thing; null for Foothold itself. */
export function actorId(actor: Actor | null): string | null {
  if (actor === null) return null;
  if (actor.kind === "environment") return "environment";
  return actor.kind === "user" ? actor.user.id : `token:${actor.tokenId}`;
}
