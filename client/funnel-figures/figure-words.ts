import { formatCount, formatDate, formatPeople, formatShare } from "../format";
import { rangeWords, windowLimitWords } from "../funnel-draft/sentence-words";
import { formatSpan } from "../span";
import type { Figure, FigureScope } from "./figure";

/** "317 people"; of an estimate "about 320 people". */
export function figureTitle({ people, scope }: Figure): string {
  return `${scope.sampleOf === undefined ? "" : "about "}${formatPeople(people)}`;
}

/** What the people of a figure did, as the rest of a sentence that begins with them, and what they have in common. */
export function figureSentence(figure: Figure, timeZone: string): string {
  const narrowed = [groupWords(figure), enteredWords(figure), tookWords(figure), comparedWords(figure, timeZone)];
  return [`${deed(figure)}.`, ...narrowed.filter((words) => words !== "")].join(" ");
}

function deed({ scope, selector, people }: Figure): string {
  const { funnel, steps } = scope;
  const { step, outcome, pending } = selector;
  const at = steps[step - 1];
  if (!at) return "";
  const did = didWords(scope, step);
  const limit = funnel.window ? ` ${windowLimitWords(funnel.window)}` : "";
  if (pending) return `${did}, and still have time to go on${limit}`;
  if (outcome === "dropped") {
    const share = at.people > 0 ? `: ${formatShare(at.dropped / at.people)} of ${formatCount(at.people)}` : "";
    return `${did} and did not go on${nextWords(scope, step)}${limit}${share}`;
  }
  const first = steps[0];
  // Of a day or a stretch of time the shares are others than those of the step.
  if (step === 1 || !first || at.fromFirst === null || people !== at.people) return did;
  const previous = steps[step - 2];
  const ofPrevious =
    step > 2 && previous && at.fromPrevious !== null && !funnel.steps[step - 2]?.optional
      ? `, ${formatShare(at.fromPrevious)} of the ${formatCount(previous.people)} before`
      : "";
  return `${did}: ${formatShare(at.fromFirst)} of ${formatCount(first.people)}${ofPrevious}`;
}

/** In any order a step is not one of them, but so many of them. */
function didWords({ funnel, steps }: FigureScope, step: number): string {
  const label = steps[step - 1]?.label ?? "";
  if (funnel.order === "unordered") return `did ${label.toLowerCase()} steps`;
  return step === 1 ? `did ${label}` : `got to ${label}`;
}

/** To which step they did not go on, where that is one step. */
function nextWords({ funnel, steps }: FigureScope, step: number): string {
  const next = steps[step];
  return !next || funnel.order === "unordered" || funnel.steps[step]?.optional ? "" : ` to ${next.label}`;
}

function groupWords({ scope: { group, funnel } }: Figure): string {
  if (!group) return "";
  const { breakdown } = funnel;
  if (!breakdown || "audienceId" in breakdown) return `They are ${group.name}.`;
  const what = "trait" in breakdown ? breakdown.trait : breakdown.property;
  return group.value === null ? `They have ${group.name}.` : `Their ${what} is ${group.name}.`;
}

function enteredWords({ selector: { entered } }: Figure): string {
  if (!entered) return "";
  const day = formatDate(`${entered.date}T00:00:00Z`, "UTC");
  return entered.unit === "day" ? `They started on ${day}.` : `They started in the week from ${day}.`;
}

function tookWords({ selector: { took } }: Figure): string {
  if (!took) return "";
  const since = took.since === "first" ? "the first step" : "the step before it";
  return `It took them ${spanWords(took.from, took.to)} from ${since}.`;
}

/** "1 h to 2 h", "3 d or longer". */
export function spanWords(from: number, to: number | undefined): string {
  return to === undefined ? `${formatSpan(from)} or longer` : `${formatSpan(from)} to ${formatSpan(to)}`;
}

function comparedWords({ scope }: Figure, timeZone: string): string {
  return scope.compared ? `They started ${rangeWords(scope.funnel.range, timeZone)}.` : "";
}

/** Who of those dropped may still go on; empty when nobody may. */
export function pendingSentence({ scope, selector }: Figure): string {
  const { step, outcome, pending } = selector;
  const have = outcome === "dropped" && !pending ? (scope.steps[step - 1]?.pending ?? 0) : 0;
  if (have === 0) return "";
  return `${formatCount(have)} of them still ${have === 1 ? "has" : "have"} time.`;
}

/** A name for the audience of a figure. */
export function audienceNameOf({ scope, selector }: Figure, timeZone: string): string {
  const { step, outcome, pending, entered } = selector;
  const at = scope.steps[step - 1]?.label ?? "";
  const next = scope.steps[step]?.label;
  const did = outcome === "dropped" && next ? `${at}, then not ${next}` : `Got to ${at}`;
  const parts = [
    did,
    pending ? "still have time" : "",
    scope.group?.name ?? "",
    entered ? `from ${entered.date}` : "",
    scope.compared ? rangeWords(scope.funnel.range, timeZone) : "",
  ];
  return parts
    .filter((part) => part !== "")
    .join(", ")
    .slice(0, 200);
}

/** What the funnel shows, in a sentence: the name of the chart for those who do not see it. */
export function findingOf({ steps }: Pick<FigureScope, "steps">): string {
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last || first.people === 0) return "Nobody has started this funnel.";
  if (steps.length === 1) return `${formatCount(first.people)} did ${first.label}.`;
  const largest = steps.slice(0, -1).toSorted((a, b) => b.dropped - a.dropped)[0];
  const share = last.fromFirst === null ? "" : ` (${formatShare(last.fromFirst)})`;
  const drop =
    largest && largest.dropped > 0
      ? ` The largest drop is after ${largest.label}: ${formatCount(largest.dropped)}.`
      : " Nobody drops out.";
  return `${formatCount(first.people)} start with ${first.label}, ${formatCount(last.people)}${share} get to ${last.label}.${drop}`;
}
