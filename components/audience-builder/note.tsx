import { Ban, Clock, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../ui/class-names";

const tones = {
  wait: { icon: Clock, look: "text-ink-2" },
  wrong: { icon: TriangleAlert, look: "text-violation" },
  nothing: { icon: Ban, look: "text-ink-2" },
  problem: { icon: TriangleAlert, look: "text-out" },
} as const;

/** Something to be said about a row, under its words. */
export function Note({ tone, children }: { tone: keyof typeof tones; children: ReactNode }) {
  const { icon: Icon, look } = tones[tone];
  return (
    <p className={cn("flex items-start gap-2 pt-1", look)}>
      <Icon aria-hidden className="mt-0.5 !size-3.5" />
      <span className="min-w-0">{children}</span>
    </p>
  );
}
