import { formatPeople } from "@/client/format";
import { figurePeople, figureSentence, pendingSentence } from "@/client/funnel-draft/words";
import type { FunnelStepResult } from "@/core/api/funnels";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { FunnelFigure } from "@/core/funnel/figure";
import { Button } from "../ui/button";
import { FigureActions } from "./figure-actions";

interface PointedCardProps {
  figure: FunnelFigure;
  steps: readonly FunnelStepResult[];
  funnel: FunnelDefinition;
  onSeePeople: () => void;
}

/** Who stands behind a figure of the chart, with a point towards it. */
export function PointedCard({ figure, steps, funnel, onSeePeople }: PointedCardProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
    <div
      role="group"
      aria-label="The figure pointed at"
      className="relative animate-appear rounded-4 bg-raised px-3.5 py-2.5 shadow-2 after:absolute after:-bottom-[5px] after:left-(--point) after:size-2.5 after:-translate-x-1/2 after:rotate-45 after:bg-raised after:shadow-[1px_1px_0_var(--line-strong)]"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="text-20 font-head tracking-figure">{formatPeople(figurePeople(figure, steps))}</p>
        <FigureActions figure={figure} steps={steps} funnel={funnel}>
          <Button onClick={onSeePeople}>See people</Button>
        </FigureActions>
      </div>
      <p className="text-ink-2">
        {figureSentence(figure, steps, funnel)} {pendingSentence(figure, steps)}
      </p>
    </div>
  );
}
