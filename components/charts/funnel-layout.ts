import { scaleLinear } from "d3-scale";
import { type Figure, type FigureScope, stepFigure } from "@/client/funnel-figures/figure";
import type { FunnelStepResult } from "@/core/api/funnels";
import type { SeriesLook } from "./series";

/** A group of people drawn as a line over the columns. */
export interface FunnelSeries {
  name: string;
  look: SeriesLook;
  steps: readonly FunnelStepResult[];
  /** Opens its figures; without one they are only drawn. */
  scope?: FigureScope;
}

/** A rectangle of the chart, in pixels from its upper left corner, that stands for a figure. */
interface FigureBox {
  figure: Figure;
  kind: "column" | "lost" | "compared" | "mark";
  x: number;
  y: number;
  width: number;
  height: number;
}

interface SeriesLine extends FunnelSeries {
  points: readonly { x: number; y: number }[];
  /** Where its name stands, clear of the others'. */
  labelY: number;
}

export interface FunnelLayout {
  width: number;
  /** The line that columns stand on, where the first one starts, and where the plot ends. */
  base: number;
  left: number;
  right: number;
  /** From one step's left edge to the next one's. */
  pitch: number;
  /** Width of all that stands at a step, and of its column. */
  step: number;
  column: number;
  /** Height of a share of the first step. */
  y: (share: number) => number;
  /** In reading order: the people of step 1, those lost after it, the people of step 2, …, then group by group. */
  boxes: FigureBox[];
  lines: SeriesLine[];
}

export interface FunnelPicture {
  scope: FigureScope;
  /** The same funnel in another range. */
  compared?: FigureScope;
  series: readonly FunnelSeries[];
}

/** Room for the shares at the left, and after the last column without and with the names of series. */
const axis = 40;
const end = 8;
const namesEnd = 148;
/** Of the room that a step has, what its column takes; the rest is for the arrow to the next one. */
const columnShare = 0.59;
const top = 16;
const widestPitch = 264;
const narrowestPitch = 116;
const markSize = 20;
const nameHeight = 15;

/** Where everything of the chart stands; wider than `width` when the columns would get too narrow otherwise. */
export function layOutFunnel({ scope, compared, series }: FunnelPicture, width: number, height: number): FunnelLayout {
  const { steps } = scope;
  const left = axis + 12;
  const after = series.length > 0 ? namesEnd : end;
  const fitting = (width - left - after) / (Math.max(1, steps.length) - 1 + columnShare);
  const pitch = Math.max(narrowestPitch, Math.min(widestPitch, fitting));
  const step = Math.floor(pitch * columnShare);
  const column = compared ? Math.floor(step / 2) - 1 : step;
  const y = scaleLinear([0, 1], [height, top]);
  const shareY = (of: readonly FunnelStepResult[], index: number) => {
    const first = of[0]?.people ?? 0;
    return y(first === 0 ? 0 : (of[index]?.people ?? 0) / first);
  };
  const columns = steps.flatMap((_, index): FigureBox[] => {
    const x = left + index * pitch;
    const edge = shareY(steps, index);
    const boxes: FigureBox[] = [
      {
        figure: stepFigure(scope, index + 1, "reached"),
        kind: "column",
        x,
        y: edge,
        width: column,
        height: height - edge,
      },
    ];
    if (compared) {
      const other = shareY(compared.steps, index);
      const place = { x: x + step - column, y: other, width: column, height: height - other };
      boxes.push({ figure: stepFigure(compared, index + 1, "reached"), kind: "compared", ...place });
    }
    if (index + 1 < steps.length) {
      // Those lost after a step are drawn on top of the next one, from the height of the one to that of the other. Where
      // the next one may be skipped it can be the higher one, and there is nothing to draw.
      const lost = Math.max(0, shareY(steps, index + 1) - edge);
      const place = { x: x + pitch, y: edge, width: column, height: lost };
      boxes.push({ figure: stepFigure(scope, index + 1, "dropped"), kind: "lost", ...place });
    }
    return boxes;
  });
  const lines = series.map((one): SeriesLine => {
    const points = one.steps.map((_, index) => ({ x: left + index * pitch + step / 2, y: shareY(one.steps, index) }));
    return { ...one, points, labelY: points.at(-1)?.y ?? height };
  });
  const marks = lines.flatMap(({ scope: of, points }) =>
    points.flatMap(({ x, y }, index): FigureBox[] => {
      if (!of) return [];
      const place = { x: x - markSize / 2, y: y - markSize / 2, width: markSize, height: markSize };
      return [{ figure: stepFigure(of, index + 1, "reached"), kind: "mark", ...place }];
    }),
  );
  const needed = Math.floor(left + (steps.length - 1) * pitch + step + after);
  const whole = Math.max(width, needed);
  return {
    width: whole,
    base: height,
    left,
    right: series.length > 0 ? left + (steps.length - 1) * pitch + step + 6 : whole,
    pitch,
    step,
    column,
    y,
    boxes: [...columns, ...marks],
    lines: spread(lines, top, height),
  };
}

/** Moves names apart that would stand in one another, and keeps them within the plot. */
function spread(lines: readonly SeriesLine[], from: number, to: number): SeriesLine[] {
  const sorted = lines.toSorted((a, b) => a.labelY - b.labelY);
  const highest = Math.max(from, to - (sorted.length - 1) * nameHeight);
  let next = from;
  return sorted.map((line, index) => {
    const labelY = Math.min(Math.max(line.labelY, next), highest + index * nameHeight);
    next = labelY + nameHeight;
    return { ...line, labelY };
  });
}
