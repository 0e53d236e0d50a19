import type { JsonValue } from "../../event/message";
import type { FunnelBreakdown, FunnelExclusion, FunnelRange, FunnelRules } from "../../funnel/rules";
import type { FunnelNode } from "../definition";
import type { DescribeContext } from "./describe-context";
import { instantPhrase } from "./instant-words";
import { matchPhrases, wherePhrases } from "./match-phrases";
import { durationPhrase, numberWords } from "./number-words";
import { absence, name, type Phrase, words } from "./phrase";

/** "dropped after step 2 of the funnel (Signed Up, then Activated, then Paid) within 14 days in strict order". */
export function funnelPhrases(node: FunnelNode, context: DescribeContext): Phrase[] {
  const { funnel, step, outcome, pending, group, entered, took } = node;
  return [
    words(`${outcome === "reached" ? "reached" : "dropped after"} step ${numberWords(step)} of the funnel`),
    ...stepsPhrases(funnel, context),
    ...limitPhrases(funnel, context),
    ...(funnel.exclude ?? []).flatMap((exclusion) => exclusionPhrases(exclusion, context)),
    ...(pending ? [words("and still has time")] : []),
    ...(group ? groupPhrases(funnel.breakdown, group.value, context) : []),
    ...(entered ? [words(`and entered ${entered.unit === "day" ? "on" : "in the week from"} ${entered.date}`)] : []),
    ...(took ? tookPhrases(took) : []),
  ];
}

function stepsPhrases({ steps, order }: FunnelRules, context: DescribeContext): Phrase[] {
  const joiner = order === "unordered" ? "and" : order === "strict" ? "then directly" : "then";
  return [
    words("("),
    ...steps.flatMap((step, index) => [
      ...(index === 0 ? [] : [words(`, ${step.optional ? `${joiner} perhaps` : joiner}`)]),
      ...matchPhrases(step),
      ...wherePhrases(step, context),
    ]),
    words(order === "unordered" ? ") in any order" : ")"),
  ];
}

function limitPhrases({ window, entry, range }: FunnelRules, context: DescribeContext): Phrase[] {
  return [
    ...(window ? [words("within"), durationPhrase(window)] : []),
    ...(entry === "first" ? [words("counted from the first time")] : []),
    ...(range ? rangePhrases(range, context) : []),
  ];
}

export function rangePhrases({ from, to }: FunnelRange, { timeZone }: DescribeContext): Phrase[] {
  return [words("begun from"), instantPhrase(from, timeZone), words("to before"), instantPhrase(to, timeZone)];
}

export function exclusionPhrases(exclusion: FunnelExclusion, context: DescribeContext): Phrase[] {
  const { after = 1, before } = exclusion;
  const until = before === undefined ? "the last" : `step ${before}`;
  return [
    absence("without"),
    ...matchPhrases(exclusion),
    ...wherePhrases(exclusion, context),
    words(`between step ${after} and ${until}`),
  ];
}

function groupPhrases(
  breakdown: FunnelBreakdown | undefined,
  value: JsonValue,
  { audienceName }: DescribeContext,
): Phrase[] {
  if (!breakdown) return [];
  if ("audienceId" in breakdown) {
    return [
      words("and"),
      value === true ? words("is in") : absence("is not in"),
      name(audienceName(breakdown.audienceId) ?? "another audience"),
    ];
  }
  const of = "trait" in breakdown ? `trait ${breakdown.trait}` : `${breakdown.property} of step ${breakdown.step}`;
  return [words("and"), name(of), value === null ? words("is missing") : words("is"), ...valuePhrases(value)];
}

function valuePhrases(value: JsonValue): Phrase[] {
  if (value === null) return [];
  return [
    { role: "value", text: typeof value === "string" ? value : JSON.stringify(value), exact: JSON.stringify(value) },
  ];
}

function tookPhrases({ since, from, to }: NonNullable<FunnelNode["took"]>): Phrase[] {
  const start = since === "first" ? "the first step" : "the step before";
  const longest = to === undefined ? "or more" : `to less than ${numberWords(to)}`;
  return [words(`and took ${numberWords(from)} ${longest} seconds since ${start}`)];
}
