import type { PrismaClient } from "@/generated/prisma/client";
import type { Workspace } from "../../core/api/workspace";
import { AppError } from "../../core/errors";
import { timeZoneName } from "./time-zone";

const shown = { id: true, name: true, timeZone: true } as const;

/** The workspace, made at the first asking. */
export async function getWorkspace(metadata: PrismaClient): Promise<Workspace> {
  // Not findUnique: Prisma gathers several of those into one `in`, which a boolean does not have.
  const found = await metadata.workspace.findFirst({ select: shown });
  if (found !== null) return found;
  // Of several that ask first one makes it, and all get what was made.
  await metadata.workspace.createMany({ data: [{ name: "My workspace" }], skipDuplicates: true });
  return metadata.workspace.findFirstOrThrow({ select: shown });
}

/** Changes what is given. Throws `invalid` for a zone that is not in the IANA database. */
export async function updateWorkspace(
  metadata: PrismaClient,
  changes: { name?: string | undefined; timeZone?: string | undefined },
): Promise<Workspace> {
  const { name, timeZone } = changes;
  const zone = timeZone === undefined ? undefined : timeZoneName(timeZone);
  if (zone === null) {
    throw new AppError("invalid", "timeZone must be the IANA name of a time zone, such as Europe/London.", "timeZone");
  }
  await getWorkspace(metadata);
  return metadata.workspace.update({ where: { single: true }, data: { name, timeZone: zone }, select: shown });
}
