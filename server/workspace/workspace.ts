import type { Workspace } from "../../core/api/workspace";
import { AppError } from "../../core/errors";
import type { Metadata } from "../metadata/scoped";
import { timeZoneName } from "./time-zone";

export const shownOfWorkspace = { id: true, name: true, timeZone: true, environment: true } as const;

/** The workspace that the metadata is of. */
export function getWorkspace(metadata: Metadata): Promise<Workspace> {
  return metadata.workspace.findFirstOrThrow({ select: shownOfWorkspace });
}

export interface WorkspaceChanges {
  name?: string | undefined;
  timeZone?: string | undefined;
  environment?: Workspace["environment"] | undefined;
}

/** Changes what is given. Throws `invalid` for a zone that is not in the IANA database. */
export async function updateWorkspace(metadata: Metadata, changes: WorkspaceChanges): Promise<Workspace> {
  const { name, environment } = changes;
  const timeZone = changes.timeZone === undefined ? undefined : zoneOf(changes.timeZone);
  await metadata.workspace.updateMany({ data: { name, timeZone, environment } });
  return getWorkspace(metadata);
}

/** The zone of a name in its own spelling. Throws `invalid`. */
export function zoneOf(text: string): string {
  const zone = timeZoneName(text);
  if (zone !== null) return zone;
  throw new AppError("invalid", "timeZone must be the IANA name of a time zone, such as Europe/London.", "timeZone");
}

export function unknownWorkspace(): AppError {
  return new AppError("not_found", "There is no workspace with this id.", "workspace");
}
