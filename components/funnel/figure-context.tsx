"use client";

import { createContext, type ReactNode, useContext } from "react";
import { formatCount, formatPeople } from "@/client/format";
import { type Figure, sameFigure } from "@/client/funnel-figures/figure";
import { figureSentence } from "@/client/funnel-figures/figure-words";
import { useTimeZone } from "@/client/queries/workspace";
import { cn } from "../ui/class-names";

interface Figures {
  /** The figure that is pointed at, here or elsewhere on the page. */
  pointed: Figure | null;
  open: (figure: Figure) => void;
}

const FigureContext = createContext<Figures>({ pointed: null, open: () => undefined });
export const FigureProvider = FigureContext;

/** A number of people that opens them. */
export function FigureLink({ figure, children }: { figure: Figure; children?: ReactNode }) {
  const { pointed, open } = useContext(FigureContext);
  const timeZone = useTimeZone();
  const lit = sameFigure(figure, pointed);
  const { people, selector } = figure;
  if (people === 0) return <span className="text-ink-3">0</span>;
  return (
    <button
      type="button"
      onClick={() => open(figure)}
      aria-label={`${formatPeople(people)} ${figureSentence(figure, timeZone)}`}
      className={cn(
        "rounded-1 underline-offset-3 hover:underline",
        lit && "font-head underline",
        lit && selector.outcome === "dropped" && "text-out",
      )}
    >
      {children ?? formatCount(people)}
    </button>
  );
}

/** Whether a figure of a step is pointed at. */
export function usePointedStep(): number | undefined {
  return useContext(FigureContext).pointed?.selector.step;
}
