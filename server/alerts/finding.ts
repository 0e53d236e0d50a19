import type { Memberships } from "../memberships/memberships";
import type { Services } from "../services";
import type { LastAccepted } from "./last-accepted";

/** Something that is as it should not be. */
export interface Finding {
  /** Of the sync, the forwarding, the audience or the source. */
  readonly subjectId: string;
  readonly subjectName: string;
  /** What is wrong, as a sentence. */
  readonly text: string;
  readonly since: Date;
}

export interface Look {
  readonly stores: Pick<Services, "metadata" | "eventStore"> & {
    readonly memberships: Pick<Memberships, "current">;
    readonly lastAccepted: LastAccepted;
  };
  readonly now: Date;
  /** A moment in the workspace's zone. */
  readonly shown: (moment: Date) => string;
  /** It was so when it was looked at last. */
  readonly isOpen: (subjectId: string) => boolean;
}
