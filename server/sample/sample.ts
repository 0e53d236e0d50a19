import type { AnswerOf } from "../../core/api/endpoint";
import type { getSample } from "../../core/api/workspace";

export type SampleState = AnswerOf<typeof getSample>;

/** The sample workspace: brought in and taken out in the background. */
export interface Sample {
  state(): Promise<SampleState>;
  /** Starts to load the sample. Errors: `conflict` while it is there, on its way in, or on its way out. */
  load(): Promise<SampleState>;
  /** Starts to remove the sample; nothing happens where there is none. Errors: `conflict` while it is on its way. */
  remove(): Promise<SampleState>;
}
