import type { Refusal } from "../../core/event/refusal";

/** One message of a file before it is checked, or why its line holds none. */
export type Entry =
  | {
      readonly line: number;
      readonly value: unknown;
      /** Among the messages of a line that holds several, from 0. */
      readonly position?: number;
    }
  | { readonly line: number; readonly refusal: Refusal; readonly raw: string };
