import type { MembersLink } from "@/generated/prisma/client";
import type { Secrets } from "../destinations/secrets";

/** All that a link lets anybody see, and until when: a signature of one is of no other. */
function wordingOf({ workspaceId, id, audienceId, columns, format, asOf, expiresAt }: MembersLink): string {
  return JSON.stringify([workspaceId, id, audienceId, columns, format, asOf, expiresAt]);
}

const use = "members-link";

/** The path and query of a link. The signature is in the query, which no log of ours has. */
export function addressOf(link: MembersLink, secrets: Secrets): string {
  return `/api/members-links/${link.id}/file?signature=${secrets.sign(wordingOf(link), use)}`;
}

export function isSigned(link: MembersLink, signature: string, secrets: Secrets): boolean {
  return secrets.isSigned(wordingOf(link), use, signature);
}
