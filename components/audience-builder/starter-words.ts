import type { AudienceDefinition } from "@/core/audience/definition";
import { describeContext } from "@/core/audience/describe/describe-context";
import { nodePhrases } from "@/core/audience/describe/describe-node";
import { type Phrase, readingText, words } from "@/core/audience/describe/phrase";

/** A starter in one sentence: "did Account Created more than 2 days ago, did not Activation Milestone Reached, plan is trial". */
export function starterWords({ root, includeAnonymous }: AudienceDefinition, timeZone: string): string {
  const context = describeContext(timeZone, new Map());
  const nodes = root.kind === "all" ? root.conditions : [root];
  const sentences: Phrase[][] = nodes.map((node) => nodePhrases(node, context));
  if (includeAnonymous) sentences.unshift([words("known or anonymous")]);
  return readingText(sentences.flatMap((phrases, index) => (index === 0 ? phrases : [words(","), ...phrases])));
}
