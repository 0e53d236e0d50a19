import type { DescribeContext } from "../audience/describe/describe-context";
import { nodePhrases } from "../audience/describe/describe-node";
import { exclusionPhrases, rangePhrases } from "../audience/describe/funnel-phrases";
import { matchPhrases, wherePhrases } from "../audience/describe/match-phrases";
import { durationWords } from "../audience/describe/number-words";
import { type Phrase, sentenceText } from "../audience/describe/phrase";
import { type Change, describeChanges as describeAudienceChanges } from "../audience/describe-changes";
import { normalForm } from "../audience/normal-form";
import { keyOf, pairsOf, withoutPairs } from "../pair-up";
import type { FunnelDefinition } from "./definition";
import { stepLabel } from "./label";
import { entryWords, orderWords } from "./rule-words";
import type { FunnelExclusion, FunnelStep } from "./rules";

type Said = string | undefined;

/** What was added, removed and changed between two funnels, in words. Defaults that are written out are no change. */
export function describeFunnelChanges(
  before: FunnelDefinition,
  after: FunnelDefinition,
  context: DescribeContext,
): Change[] {
  const one = (say: (funnel: FunnelDefinition) => Said) => changeOf(say(before), say(after));
  return [
    ...stepChanges(before.steps, after.steps, context),
    ...one(({ window }) => (window ? `within ${durationWords(window)}` : "no time limit")),
    ...one(({ order = "ordered" }) => orderWords[order]),
    ...one(({ entry = "any" }) => `counted from ${entryWords[entry]}`),
    ...one(({ range }) => range && text(rangePhrases(range, context))),
    ...exclusionChanges(before.exclude ?? [], after.exclude ?? [], context),
    ...one(({ breakdown }) => breakdown && `split ${breakdownWords(breakdown, context)}`),
    ...one(({ audienceId }) => audienceId && `only people in ${audienceName(audienceId, context)}`),
    ...countedChanges(before, after, context),
    ...one(({ includeAnonymous }) => (includeAnonymous ? "anonymous visitors" : undefined)),
  ];
}

function changeOf(before: Said, after: Said): Change[] {
  if (before === after) return [];
  if (before === undefined) return [{ kind: "added", text: `added: ${after}` }];
  if (after === undefined) return [{ kind: "removed", text: `removed: ${before}` }];
  return [{ kind: "changed", text: `changed: ${before} to ${after}` }];
}

function stepChanges(before: readonly FunnelStep[], after: readonly FunnelStep[], context: DescribeContext): Change[] {
  const words = (step: FunnelStep) => stepWords(step, context);
  const [gone, come] = withoutPairs(before, after, words);
  const changed = pairsOf(gone, come, subjectOf);
  const [removed, added] = withoutPairs(gone, come, subjectOf);
  return [
    ...removed.map(
      (step): Change => ({
        kind: "removed",
        text: `removed: step ${before.indexOf(step) + 1}, ${words(step)}`,
      }),
    ),
    ...changed.map(
      ([old, next]): Change => ({
        kind: "changed",
        text: `changed: step ${after.indexOf(next) + 1}, ${words(old)} to ${words(next)}`,
      }),
    ),
    ...added.map((step): Change => ({ kind: "added", text: `added: step ${after.indexOf(step) + 1}, ${words(step)}` })),
    ...(isReordered(before, after)
      ? [{ kind: "changed" as const, text: `changed: the steps are now ${orderOf(after)}` }]
      : []),
  ];
}

/** Whether the steps that are in both stand in another order. */
function isReordered(before: readonly FunnelStep[], after: readonly FunnelStep[]): boolean {
  const pairs = pairsOf(before, after, subjectOf);
  const places = pairs.map(([, step]) => after.indexOf(step));
  return places.some((place, index) => index > 0 && place < (places[index - 1] ?? 0));
}

function orderOf(steps: readonly FunnelStep[]): string {
  return steps.map((step) => stepLabel(step)).join(", then ");
}

function subjectOf({ event, type }: FunnelStep): string {
  return keyOf([event, type ?? "track"]);
}

function stepWords(step: FunnelStep, context: DescribeContext): string {
  const named = step.label === undefined ? "" : `, called ${JSON.stringify(step.label)}`;
  return `${text([...matchPhrases(step), ...wherePhrases(step, context)])}${named}${step.optional ? ", optional" : ""}`;
}

function exclusionChanges(
  before: readonly FunnelExclusion[],
  after: readonly FunnelExclusion[],
  context: DescribeContext,
): Change[] {
  const words = (exclusion: FunnelExclusion) => text(exclusionPhrases(exclusion, context));
  const [gone, come] = withoutPairs(before.map(words), after.map(words), (said) => said);
  return [...gone.flatMap((said) => changeOf(said, undefined)), ...come.flatMap((said) => changeOf(undefined, said))];
}

function breakdownWords(breakdown: NonNullable<FunnelDefinition["breakdown"]>, context: DescribeContext): string {
  if ("trait" in breakdown) return `by trait ${breakdown.trait}`;
  if ("property" in breakdown) return `by ${breakdown.property} of step ${breakdown.step}`;
  return `by ${audienceName(breakdown.audienceId, context)}`;
}

/** Who is counted besides, as far as a definition says it. */
function countedChanges(
  { definition: before }: FunnelDefinition,
  { definition: after }: FunnelDefinition,
  context: DescribeContext,
): Change[] {
  if (before && after) {
    return describeAudienceChanges(before, after, context).map(({ kind, text: said }) => ({
      kind,
      text: `who is counted, ${said}`,
    }));
  }
  const words = (definition: FunnelDefinition["definition"]) =>
    definition && `only who ${text(nodePhrases(normalForm(definition).root, context))}`;
  return changeOf(words(before), words(after));
}

function audienceName(id: string, { audienceName: nameOf }: DescribeContext): string {
  return nameOf(id) ?? "another audience";
}

function text(phrases: Phrase[]): string {
  return sentenceText(phrases);
}
