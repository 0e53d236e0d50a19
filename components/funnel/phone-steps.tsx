import { formatCount, formatPeople, formatShare } from "@/client/format";
import { figureSentence } from "@/client/funnel-draft/words";
import { formatSpan } from "@/client/span";
import type { FunnelStepResult } from "@/core/api/funnels";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { FunnelFigure } from "@/core/funnel/figure";
import { cn } from "../ui/class-names";

interface PhoneStepsProps {
  steps: readonly FunnelStepResult[];
  funnel: Pick<FunnelDefinition, "window">;
  onPoint: (figure: FunnelFigure) => void;
  stale?: boolean;
}

/** The chart of a narrow screen: a bar for each step, hatched where people were lost. */
export function PhoneSteps({ steps, funnel, onPoint, stale = false }: PhoneStepsProps) {
  const name = (figure: FunnelFigure, people: number) =>
    `${formatPeople(people)} ${figureSentence(figure, steps, funnel)}`;
  return (
    <ol className={cn("mt-2 transition-opacity duration-(--m-slow)", stale && "stale")}>
      {steps.map((step, index) => {
        const reached = { step: index + 1, outcome: "reached" } as const;
        const dropped = { step: index + 1, outcome: "dropped" } as const;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place
          <li key={index} className="border-t border-line py-2.5">
            <p className="flex items-baseline justify-between gap-2">
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {index + 1}. {step.label}
              </span>
              <button
                type="button"
                aria-label={name(reached, step.people)}
                onClick={() => onPoint(reached)}
                className="-my-2 rounded-1 py-2 font-head"
              >
                {formatCount(step.people)}
              </button>
            </p>
            <div
              aria-hidden
              className="my-1.5 h-2 overflow-hidden rounded-[2px] bg-[repeating-linear-gradient(135deg,var(--line)_0_2px,transparent_2px_5px)]"
            >
              <div className="h-full rounded-[2px] bg-chart-1" style={{ width: `${(step.fromFirst ?? 0) * 100}%` }} />
            </div>
            <p className="flex items-baseline justify-between gap-2 text-12 text-ink-3">
              <span>
                {step.fromFirst !== null && `${formatShare(step.fromFirst)} of the first`}
                {step.seconds && ` · median ${formatSpan(step.seconds.median)}`}
              </span>
              {index < steps.length - 1 && step.dropped > 0 && (
                <button
                  type="button"
                  aria-label={name(dropped, step.dropped)}
                  onClick={() => onPoint(dropped)}
                  className="-my-2.5 rounded-1 py-2.5 text-out"
                >
                  {formatCount(step.dropped)} dropped
                </button>
              )}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
