import { AppError } from "../../core/errors";
import type { FileFormat } from "../../core/files/format";
import { type MembersFile, membersFile } from "../files/members-file";
import { storedFormat } from "../files/stored-format";
import type { Installation } from "../services";
import { isSigned } from "./signed-address";

/**
 * The file of a link, for whoever has the whole of it, of any workspace. Errors: `not_found` for what is no link or only a part of one;
 * `forbidden` for one that expired or was revoked.
 */
export async function openLink(
  { metadata, workspaces, now }: Pick<Installation, "metadata" | "workspaces" | "now">,
  { id, signature }: { id: string; signature: string },
  signal: AbortSignal,
): Promise<MembersFile & { format: FileFormat; asOf: number }> {
  const link = await metadata.membersLink.findUnique({ where: { id } });
  const services = link === null ? undefined : workspaces.get(link.workspaceId);
  if (link === null || services === undefined || !isSigned(link, signature, services.secrets)) {
    throw new AppError("not_found", "There is no such link. Perhaps only a part of it was copied, or it was changed.");
  }
  if (link.revokedAt !== null) throw new AppError("forbidden", "This link was revoked. Ask for another one.");
  if (link.expiresAt <= now()) {
    throw new AppError("forbidden", `This link expired at ${link.expiresAt.toISOString()}. Ask for another one.`);
  }
  const asOf = (link.asOf ?? now()).getTime();
  const { audienceId, columns } = link;
  const format = storedFormat(link.format);
  const file = await membersFile(services, { audienceId, columns, format, now: asOf }, signal);
  await services.metadata.membersLink.updateMany({ where: { id }, data: { lastOpenedAt: now() } });
  return { ...file, format, asOf };
}
