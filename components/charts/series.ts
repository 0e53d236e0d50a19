import {
  type SymbolType,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond2,
  symbolSquare2,
  symbolStar,
  symbolTriangle2,
} from "d3-shape";

/** How one of several lines looks: a colour and a shape, so that neither is needed to tell them apart. */
export interface SeriesLook {
  colour: string;
  shape: SymbolType;
  /** What is left over, not one of them. */
  quiet?: boolean;
}

const shapes = [symbolDiamond2, symbolSquare2, symbolCircle, symbolTriangle2, symbolStar, symbolCross];

export function seriesLook(index: number): SeriesLook {
  const shape = shapes[index % shapes.length] ?? symbolCircle;
  return { colour: `var(--series-${(index % shapes.length) + 1})`, shape };
}

export const othersLook: SeriesLook = { colour: "var(--chart-2)", shape: symbolCircle, quiet: true };

/** The outline of a mark around 0, 0. */
export function markPath({ shape, quiet = false }: SeriesLook): string {
  return symbol(shape, quiet ? 28 : 52)() ?? "";
}
