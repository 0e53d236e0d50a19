import { scaleLinear } from "d3-scale";
import type { FunnelStepResult } from "@/core/api/funnels";
import type { FunnelFigure } from "@/core/funnel/figure";

/** A rectangle of the chart, in pixels from its upper left corner, that stands for a figure. */
interface FigureBox {
  figure: FunnelFigure;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface FunnelLayout {
  width: number;
  /** The line that columns stand on, where the first one starts, and where the plot ends. */
  base: number;
  left: number;
  right: number;
  /** From one column's left edge to the next one's. */
  pitch: number;
  column: number;
  /** Height of a share of the first step. */
  y: (share: number) => number;
  /** In reading order: the people of step 1, those lost after it, the people of step 2, … */
  boxes: FigureBox[];
}

/** Room for the shares at the left, and after the last column. */
const axis = 40;
const end = 8;
/** Of the room that a step has, what its column takes; the rest is for the arrow to the next one. */
const columnShare = 0.59;
const top = 16;
const widestPitch = 264;
const narrowestPitch = 116;

/** Where everything of the chart stands; wider than `width` when the columns would get too narrow otherwise. */
export function layOutFunnel(steps: readonly FunnelStepResult[], width: number, height: number): FunnelLayout {
  const left = axis + 12;
  const fitting = (width - left - end) / (Math.max(1, steps.length) - 1 + columnShare);
  const pitch = Math.max(narrowestPitch, Math.min(widestPitch, fitting));
  const column = Math.floor(pitch * columnShare);
  const y = scaleLinear([0, 1], [height, top]);
  const first = steps[0]?.people ?? 0;
  const share = (people: number) => (first === 0 ? 0 : people / first);
  const boxes = steps.flatMap((step, index): FigureBox[] => {
    const x = left + index * pitch;
    const edge = y(share(step.people));
    const reached = { x, y: edge, width: column, height: height - edge };
    const boxes: FigureBox[] = [{ figure: { step: index + 1, outcome: "reached" }, ...reached }];
    const next = steps[index + 1];
    if (next) {
      // Those lost after a step are drawn on top of the next one, from the height of the one to that of the other.
      const lost = { x: x + pitch, y: edge, width: column, height: y(share(next.people)) - edge };
      boxes.push({ figure: { step: index + 1, outcome: "dropped" }, ...lost });
    }
    return boxes;
  });
  const needed = Math.floor(left + (steps.length - 1) * pitch + column + end);
  const whole = Math.max(width, needed);
  return { width: whole, base: height, left, right: whole, pitch, column, y, boxes };
}

export function sameFigure(left: FunnelFigure | null, right: FunnelFigure | null): boolean {
  return left?.step === right?.step && left?.outcome === right?.outcome;
}
