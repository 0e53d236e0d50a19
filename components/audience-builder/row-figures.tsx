"use client";

import type { RowFigures as Figures } from "@/client/audience-draft/figures";
import { formatChange, formatCount } from "@/client/format";
import type { AudienceDefinition } from "@/core/audience/definition";
import { cn } from "../ui/class-names";
import { useBuilder } from "./builder-context";

interface RowFiguresProps {
  rowId: string;
  /** How the row is called in the title of its people. */
  name: string;
  figures: Figures | undefined;
  /** Share of the candidates that is left, for the rule under the figures; not in groups. */
  share: number | undefined;
  depth: number;
}

/** Alone, Removes and Left (in an "any of" what the row adds), each opening its people. */
export function RowFigures({ rowId, name, figures, share, depth }: RowFiguresProps) {
  const { stale, aloneOf, downTo } = useBuilder();
  const shade = cn("transition-opacity duration-(--m-slow)", stale && "stale");
  return (
    <>
      <div
        style={{ "--indent": `${depth * 14}px` }}
        className="text-right leading-7 text-ink-2 max-desk:col-start-2 max-desk:pl-(--indent) max-desk:pt-1 max-desk:text-left max-desk:text-12 max-desk:leading-5 max-desk:text-ink-3"
      >
        {figures && (
          <span className={shade}>
            <span className="desk:sr-only">Alone </span>
            <FigureLink title={`${name}, alone`} value={figures.alone} definition={() => aloneOf(rowId)} />
          </span>
        )}
      </div>
      <div className="text-right leading-7 text-ink-3 max-desk:pt-1 max-desk:text-12 max-desk:leading-5">
        {figures?.removes !== undefined && (
          <span className={shade}>
            <span className="sr-only">Removes </span>
            {figures.removes === 0 ? "0" : formatChange(-figures.removes)}
          </span>
        )}
      </div>
      <div className="relative text-right leading-7 max-desk:static max-desk:pt-1 max-desk:text-13 max-desk:leading-5">
        {figures ? (
          <span className={shade}>
            <LastFigure figures={figures} definition={() => downTo(rowId)} name={name} />
          </span>
        ) : (
          <span className="text-ink-3">–</span>
        )}
        {depth === 0 && share !== undefined && (
          <span
            aria-hidden
            className="absolute -bottom-2 right-0 h-0.5 w-[196px] max-desk:bottom-[-1px] max-desk:left-10 max-desk:w-auto"
          >
            <span
              className="ml-auto block h-full bg-accent transition-[width] duration-(--m-slow)"
              style={{ width: `${share * 100}%` }}
            />
          </span>
        )}
      </div>
    </>
  );
}

function LastFigure({
  figures,
  definition,
  name,
}: {
  figures: Figures;
  definition: () => AudienceDefinition | undefined;
  name: string;
}) {
  if (figures.left !== undefined) {
    const empties = figures.effect === "empties the set";
    return (
      <>
        <span className="text-12 text-ink-3 desk:sr-only">Left </span>
        <b className={cn(empties && "text-out")}>
          <FigureLink title={`Left after ${name}`} value={figures.left} definition={definition} />
        </b>
      </>
    );
  }
  if (figures.adds === undefined) return null;
  return (
    <span className="text-ink-2">
      <span className="sr-only">{figures.first ? "Lets in " : "Adds "}</span>
      {figures.first ? formatCount(figures.adds) : formatChange(figures.adds)}
    </span>
  );
}

interface FigureLinkProps {
  title: string;
  value: number;
  /** Of its people; made when they are asked for. */
  definition: () => AudienceDefinition | undefined;
}

/** A number that opens its people. */
export function FigureLink({ title, value, definition }: FigureLinkProps) {
  const { showPeople } = useBuilder();
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={() => {
        const asked = definition();
        if (asked) showPeople(title, asked);
      }}
      className="rounded-1 underline decoration-transparent underline-offset-3 transition-colors hover:decoration-current"
    >
      {formatCount(value)}
      <span className="sr-only"> people</span>
    </button>
  );
}
