import { checkWhere, checkWindow, invalid } from "../audience/check-condition";
import { isReservedTrait } from "../audience/filter";
import type { AudiencesById } from "../audience/references";
import type { FunnelFigure } from "./figure";
import type { FunnelRange, FunnelRules } from "./rules";
import { maxWatchedSteps } from "./watched-unordered-chains";

interface RulesContext {
  /** IANA name of the workspace's zone. */
  timeZone: string;
  audiences: AudiencesById;
  /** Where the funnel stands in what was sent; paths of errors start with it. */
  at?: string;
}

/** Throws `invalid` for what the shape of a funnel, apart from who is counted, alone does not tell to be wrong. */
export function validateFunnelRules(rules: FunnelRules, context: RulesContext): void {
  const { steps, range, exclude = [], breakdown, order } = rules;
  const { timeZone, at = "funnel" } = context;
  for (const [index, step] of steps.entries()) {
    checkWhere(step, `${at}.steps[${index}]`, timeZone);
    if (step.optional) checkOptional(index, order, `${at}.steps[${index}].optional`);
  }
  if (range) validateRange(range, `${at}.range`, timeZone);
  for (const [index, exclusion] of exclude.entries()) {
    checkWhere(exclusion, `${at}.exclude[${index}]`, timeZone);
    checkBetween(exclusion, steps.length, `${at}.exclude[${index}]`);
    if (order === "unordered" && (exclusion.after ?? 1) > 1 && steps.length > maxWatchedSteps) {
      throw invalid(
        `With more than ${maxWatchedSteps} steps in any order, an exclusion can only be after step 1.`,
        `${at}.exclude[${index}].after`,
      );
    }
  }
  if (breakdown && "step" in breakdown) checkStep(breakdown.step, steps.length, `${at}.breakdown.step`);
  if (breakdown && "trait" in breakdown && isReservedTrait(breakdown.trait)) {
    throw invalid(
      `${breakdown.trait} is different for nearly everyone. Break down by a trait.`,
      `${at}.breakdown.trait`,
    );
  }
  if (breakdown && "audienceId" in breakdown) {
    checkAudience(breakdown.audienceId, `${at}.breakdown.audienceId`, context);
  }
}

/** Throws `invalid` for a figure that the funnel does not have; `at` is where the figure's parts stand. */
export function validateFigure(rules: FunnelRules, figure: FunnelFigure, at = ""): void {
  checkStep(figure.step, rules.steps.length, `${at}step`);
  if (figure.pending && figure.outcome !== "dropped") {
    throw invalid("Only those who dropped can be pending.", `${at}pending`);
  }
  if (figure.group && !rules.breakdown) {
    throw invalid("This funnel has no breakdown, so it has no groups.", `${at}group`);
  }
  const { took } = figure;
  if (took?.to !== undefined && took.to <= took.from) {
    throw invalid("“to” must be longer than “from”.", `${at}took.to`);
  }
  if (took && figure.step === 1) throw invalid("Nothing comes before the first step.", `${at}took`);
}

/** Throws `invalid` for a range that is none. */
export function validateRange(range: FunnelRange, path: string, timeZone: string): void {
  checkWindow({ kind: "range", ...range }, path, timeZone);
}

function checkOptional(index: number, order: FunnelRules["order"], path: string): void {
  if (index === 0) throw invalid("The first step cannot be optional: everybody counted starts with it.", path);
  if (order === "unordered") {
    throw invalid("In any order no step comes before another, so none can be skipped.", path);
  }
}

function checkBetween(
  { after = 1, before = undefined }: { after?: number | undefined; before?: number | undefined },
  steps: number,
  path: string,
): void {
  if (steps === 1) throw invalid("An exclusion stands between two steps; this funnel has one.", path);
  if (after >= steps) throw invalid(`There is no step after step ${after} of ${steps}.`, `${path}.after`);
  if (before !== undefined) {
    checkStep(before, steps, `${path}.before`);
    if (before <= after)
      throw invalid(`“before” must be a later step than “after”, which is ${after}.`, `${path}.before`);
  }
}

function checkStep(step: number, steps: number, path: string): void {
  if (step > steps) throw invalid(`This funnel has ${steps} steps; there is no step ${step}.`, path);
}

export function checkAudience(audienceId: string, path: string, { audiences }: Pick<RulesContext, "audiences">): void {
  if (!audiences.has(audienceId)) throw invalid(`There is no audience with the id “${audienceId}”.`, path);
}
