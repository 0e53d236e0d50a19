import type { AudiencesById } from "../references";

/** What the words of a definition need besides the definition. */
export interface DescribeContext {
  /** IANA name of the workspace's zone, in which times are said. */
  timeZone: string;
  /** The audience's name; undefined for one that is gone. */
  audienceName: (id: string) => string | undefined;
}

export function describeContext(timeZone: string, audiences: AudiencesById): DescribeContext {
  return { timeZone, audienceName: (id) => audiences.get(id)?.name };
}
