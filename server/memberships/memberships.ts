import type { PeopleBits } from "@/server/event-store/people-bits";
import type { KeptIdentifiers } from "./kept-identifiers";
import type { Difference } from "./whole-sets";

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
  /**
   * Takes somebody who is about to be deleted out of every audience, at a moment in milliseconds since the epoch. Their
   * identifiers stay with that for a month, so that whoever was told of them can be told that they have left.
   */
  leaveAll(profile: number, identifiers: KeptIdentifiers, at: number): Promise<void>;
  /**
   * Brings the log of an audience up to now, and compares it with a computation from scratch: who would have to enter or leave,
   * which is nobody. Undefined for an audience whose log is not kept.
   */
  check(audienceId: string): Promise<Difference | undefined>;
  /** Resolves when everything that was acknowledged before the call is in the log, as far as it changes who is where. */
  upToDate(): Promise<void>;
  /** Finds the members of every audience anew, after something was done to the store that nobody is heard of by. */
  startOver(): Promise<void>;
}
