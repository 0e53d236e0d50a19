import type { ArrivedMessage, Verdict } from "@/core/api/debugger";
import { Badge } from "../ui/badge";

const words: Record<Verdict, string> = {
  accepted: "Accepted",
  duplicate: "Duplicate",
  refused: "Refused",
  blocked: "Held back",
};
const tones = { accepted: "in", duplicate: "plain", refused: "out", blocked: "out" } as const;

export function verdictWords(verdict: Verdict): string {
  return words[verdict];
}

interface VerdictBadgeProps {
  verdict: Verdict;
  violations?: ArrivedMessage["violations"];
}

/** What became of a message; one that was taken against the plan says so. */
export function VerdictBadge({ verdict, violations = [] }: VerdictBadgeProps) {
  const marked = verdict === "accepted" && violations.length > 0;
  return <Badge tone={marked ? "violation" : tones[verdict]}>{marked ? "Off plan" : words[verdict]}</Badge>;
}
