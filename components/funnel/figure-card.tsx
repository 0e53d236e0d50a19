"use client";

import type { Figure } from "@/client/funnel-figures/figure";
import { figureSentence, figureTitle, pendingSentence } from "@/client/funnel-figures/figure-words";
import { useTimeZone } from "@/client/queries/workspace";
import { Button } from "../ui/button";
import { FigureActions } from "./figure-actions";

interface PointedCardProps {
  figure: Figure;
  onSeePeople: () => void;
}

/** Who stands behind a figure of the chart, with a point towards it. */
export function PointedCard({ figure, onSeePeople }: PointedCardProps) {
  const timeZone = useTimeZone();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
    <div
      role="group"
      aria-label="The figure pointed at"
      className="relative animate-appear rounded-4 bg-raised px-3.5 py-2.5 shadow-2 after:absolute after:-bottom-[5px] after:left-(--point) after:size-2.5 after:-translate-x-1/2 after:rotate-45 after:bg-raised after:shadow-[1px_1px_0_var(--line-strong)]"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="text-20 font-head tracking-figure">{figureTitle(figure)}</p>
        <FigureActions figure={figure}>
          <Button onClick={onSeePeople}>See people</Button>
        </FigureActions>
      </div>
      <p className="text-ink-2">
        {figureSentence(figure, timeZone)} {pendingSentence(figure)}
      </p>
    </div>
  );
}
