"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { type Figure, figureKey, sameFigure } from "@/client/funnel-figures/figure";
import { figureSentence, figureTitle, findingOf } from "@/client/funnel-figures/figure-words";
import { useTimeZone } from "@/client/queries/workspace";
import { cn } from "../ui/class-names";
import { FunnelDrawing } from "./funnel-drawing";
import { FunnelLabels } from "./funnel-labels";
import { type FunnelPicture, layOutFunnel } from "./funnel-layout";
import { useWidth } from "./use-width";

interface FunnelChartProps {
  picture: FunnelPicture;
  /** The figure that is pointed at, here or elsewhere on the page. */
  pointed: Figure | null;
  onPoint: (figure: Figure | null) => void;
  /** Enter or a click on a figure. */
  onOpen: (figure: Figure) => void;
  /** What is shown of the figure that is pointed at, with what can be done. */
  card: (figure: Figure) => ReactNode;
  /** The figures are of an earlier funnel. */
  stale?: boolean;
}

const height = 262;
const cardWidth = 430;
/** Time to move the pointer from a figure to its card. */
const graceMs = 160;

/** The funnel as columns. One tab stop; arrows go from figure to figure, Enter opens the people, Escape closes the card. */
export function FunnelChart({ picture, pointed, onPoint, onOpen, card, stale = false }: FunnelChartProps) {
  const timeZone = useTimeZone();
  const { ref, width } = useWidth<HTMLDivElement>(1000);
  const [at, setAt] = useState(0);
  const [scrolled, setScrolled] = useState(0);
  const leaving = useRef<number | undefined>(undefined);
  const buttons = useRef<(HTMLButtonElement | null)[]>([]);
  const layout = layOutFunnel(picture, width, height);
  const { boxes } = layout;
  const current = Math.min(at, boxes.length - 1);
  const box = boxes.find((other) => sameFigure(other.figure, pointed));
  const stay = () => window.clearTimeout(leaving.current);
  const leave = () => {
    stay();
    leaving.current = window.setTimeout(() => onPoint(null), graceMs);
  };
  useEffect(() => () => window.clearTimeout(leaving.current), []);

  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: boxes.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons.current[Math.min(boxes.length - 1, Math.max(0, to))]?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: watches whether the focus leaves the chart and its card
    <div
      ref={ref}
      className="relative"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onPoint(null);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape" && pointed) {
          onPoint(null);
          buttons.current[current]?.focus();
        }
      }}
    >
      <div className="overflow-x-auto" onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}>
        <div
          className={cn("relative transition-opacity duration-(--m-slow)", stale && "stale")}
          style={{ width: layout.width }}
        >
          <FunnelDrawing layout={layout} label={findingOf(picture.scope)} pointed={pointed} />
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in */}
          <div role="group" aria-label="Figures of the chart">
            {boxes.map(({ figure, x, y, width, height }, index) => (
              <button
                key={figureKey(figure)}
                ref={(button) => {
                  buttons.current[index] = button;
                }}
                type="button"
                tabIndex={index === current ? 0 : -1}
                aria-label={`${figureTitle(figure)} ${figureSentence(figure, timeZone)}`}
                onFocus={() => {
                  stay();
                  setAt(index);
                  onPoint(figure);
                }}
                onPointerEnter={() => {
                  stay();
                  onPoint(figure);
                }}
                onPointerLeave={leave}
                onClick={() => onOpen(figure)}
                onKeyDown={onKeyDown}
                className="absolute rounded-1"
                style={{ left: x, top: y, width, height: Math.max(height, 6) }}
              />
            ))}
          </div>
          <FunnelLabels picture={picture} layout={layout} />
        </div>
      </div>
      {box && pointed && (
        <div
          onPointerEnter={stay}
          onPointerLeave={leave}
          className="absolute z-20 pb-2.5"
          style={cardPlace(box.x - scrolled + box.width / 2, box.y, width)}
        >
          {card(pointed)}
        </div>
      )}
    </div>
  );
}

/** Above the figure, with its point on the middle of it, and never beyond the chart's sides. */
function cardPlace(middle: number, top: number, width: number) {
  const wide = Math.min(cardWidth, width);
  const left = Math.min(Math.max(0, middle - 50), width - wide);
  return { left, width: wide, bottom: `calc(100% - ${top}px)`, "--point": `${Math.round(middle - left)}px` };
}
