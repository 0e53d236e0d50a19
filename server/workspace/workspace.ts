import type { PrismaClient } from "@/generated/prisma/client";
import type { Workspace } from "../../core/api/workspace";
import { AppError } from "../../core/errors";
import { timeZoneName } from "./time-zone";

const shown = { id: true, name: true, timeZone: true } as const;

/** The workspace, made at the first asking. */
export function getWorkspace(metadata: PrismaClient): Promise<Workspace> {
  return metadata.workspace.upsert({
    where: { single: true },
    create: { name: "My workspace", single: true },
    update: {},
    select: shown,
  });
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
