import type * as z from "zod";

type Issue = z.core.$ZodIssue;

/** The one thing that is wrong, at the deepest place that can be told. */
export interface Fault {
  path: readonly PropertyKey[];
  /** End of a sentence that begins with the field's name. */
  words: string;
}

interface Branch {
  faults: readonly Fault[];
  /** Whether the branch failed as a whole (text where an object was asked for) rather than in a part of it. */
  whole: boolean;
}

/**
 * The first fault of a failed parse. A union's faults are those of the branch that the input meant: the one that its
 * discriminator names, else the one with the fewest faults, of those the one that got deepest.
 */
export function firstFault(issues: readonly Issue[]): Fault {
  const faults = issues.flatMap((issue) => faultsOf(issue, []));
  return faults[0] ?? { path: [], words: "is not valid" };
}

function faultsOf(issue: Issue, prefix: readonly PropertyKey[]): Fault[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...path, key], words: issue.message }));
  }
  if (issue.code !== "invalid_union") return [{ path, words: issue.message }];
  if (issue.errors.length === 0) return [{ path, words: discriminatorWords(issue) }];
  return unionFaults(issue.errors, path);
}

function discriminatorWords(issue: z.core.$ZodIssueInvalidUnion): string {
  const options: unknown = "options" in issue ? issue.options : undefined;
  if (!Array.isArray(options) || options.length === 0) return issue.message;
  return `must be one of ${options.join(", ")}`;
}

function unionFaults(errors: readonly (readonly Issue[])[], path: readonly PropertyKey[]): Fault[] {
  const branches = errors.map((issues): Branch => {
    const faults = issues.flatMap((issue) => faultsOf(issue, path)).sort(missingFirst);
    const whole = issues.every((issue) => issue.code === "invalid_type" && issue.path.length === 0);
    return { faults, whole };
  });
  const partial = branches.filter(({ whole }) => !whole);
  if (partial.length === 0) return [{ path, words: anyOf(branches) }];
  const [best] = partial.sort((one, other) => one.faults.length - other.faults.length || depthOf(other) - depthOf(one));
  return [...(best?.faults ?? [])];
}

function depthOf({ faults }: Branch): number {
  return Math.max(0, ...faults.map(({ path }) => path.length));
}

/** A misspelt field is both unknown and missing; that it is missing says more. */
function missingFirst(one: Fault, other: Fault): number {
  return Number(other.words === "is missing") - Number(one.words === "is missing");
}

/** "must be text" and "must be a number" as "must be text or a number". */
function anyOf(branches: readonly Branch[]): string {
  const words = [...new Set(branches.flatMap(({ faults }) => faults.map((fault) => fault.words)))];
  if (words.every((word) => word.startsWith("must be "))) {
    return `must be ${words.map((word) => word.slice("must be ".length)).join(" or ")}`;
  }
  return words[0] ?? "is not valid";
}
