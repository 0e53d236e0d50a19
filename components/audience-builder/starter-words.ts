import { operatorWords, valueWords } from "@/client/audience-draft/operator-words";
import { countWords, windowWords } from "@/client/audience-draft/window-words";
import type { AudienceDefinition, AudienceTree, EventNode } from "@/core/audience/definition";

/** A starter in one sentence: "did Account Created more than 2 days ago, did not Activation Milestone Reached, plan is trial". */
export function starterWords({ root, includeAnonymous }: AudienceDefinition, timeZone: string): string {
  const nodes: AudienceTree[] = root.kind === "all" ? root.conditions : [root];
  const who = includeAnonymous ? ["known or anonymous"] : [];
  return [...who, ...nodes.map((node) => nodeWords(node, timeZone))].join(", ");
}

function nodeWords(node: AudienceTree, timeZone: string): string {
  if (node.kind === "event") return eventWords(node, timeZone);
  if (node.kind !== "trait") return "";
  const value = "value" in node ? valueWords(node.op, node.value, timeZone) : null;
  return [node.trait, operatorWords(node.op), value].filter((part) => part !== null).join(" ");
}

function eventWords({ event, type, window, count }: EventNode, timeZone: string): string {
  const never = count?.value === 0;
  const when = window ? ` ${windowWords(window, timeZone)}` : "";
  if (event === undefined) return `${never ? "no" : "any"} event${when}`;
  const verb = type === "page" ? (never ? "did not view" : "viewed") : never ? "did not" : "did";
  return `${verb} ${event}${count && !never ? ` ${countWords(count)}` : ""}${when}`;
}
