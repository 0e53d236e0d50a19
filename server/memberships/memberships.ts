import type { PeopleBits } from "@/server/event-store/people-bits";

/** Who is in an audience, and the cursor of the last change in that. */
export interface CurrentMembers {
  readonly members: PeopleBits;
  /** 0 before the first change of all. */
  readonly cursor: number;
}

/** Told when changes are in the log: of which audiences, and up to which cursor. */
export type ChangeListener = (changed: { readonly audienceIds: ReadonlySet<string>; readonly cursor: number }) => void;

/** Who is in each saved audience of a workspace as it is now, kept in step with the log of changes. */
export interface Memberships {
  /** Members as the log has them; undefined while an audience's are being found for the first time, and of archived ones. */
  current(audienceId: string): CurrentMembers | undefined;
  /** Calls the listener after each time that changes were recorded, until the answered function is called. */
  onChange(listener: ChangeListener): () => void;
}
