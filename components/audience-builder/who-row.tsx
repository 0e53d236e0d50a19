"use client";

import { everyone } from "@/client/audience-draft/to-definition";
import { cn } from "../ui/class-names";
import { useBuilder } from "./builder-context";
import { FigureLink } from "./row-figures";
import { rowGrid } from "./row-grid";
import { Word } from "./word";

/** Who could be in at all: known people, or anonymous visitors as well. */
export function WhoRow({ candidates }: { candidates: number | undefined }) {
  const { draft, edit, stale } = useBuilder();
  const all = draft.includeAnonymous;
  return (
    <div
      className={cn(
        rowGrid,
        "relative min-h-[41px] items-start border-t border-line pt-1.5 pb-[7px] max-desk:border-t-0",
      )}
    >
      <div className="flex h-7 items-center justify-end pr-1 text-ink-3 max-desk:h-8 max-desk:justify-start">who</div>
      <div className="text-14 leading-7 text-ink-2 max-desk:col-span-2 max-desk:leading-8">
        {all ? "everyone " : "known people "}
        <span className="text-ink-3 max-desk:hidden">· anonymous visitors {all ? "among them" : "left out"} </span>
        <Word
          wordId="who/change"
          look="add"
          aria-label={all ? "Change: leave anonymous visitors out" : "Change: let anonymous visitors in"}
          onClick={() => edit((now) => ({ ...now, includeAnonymous: !all }))}
        >
          change
        </Word>
      </div>
      <div className="relative col-start-5 text-right leading-7 max-desk:static max-desk:col-start-4 max-desk:leading-8">
        {candidates === undefined ? (
          <span className="text-ink-3">–</span>
        ) : (
          <>
            <span className="text-12 text-ink-3 desk:sr-only">Left </span>
            <b className={cn("transition-opacity duration-(--m-slow)", stale && "stale")}>
              <FigureLink
                title={all ? "Everyone" : "Known people"}
                value={candidates}
                definition={() => everyone(all)}
              />
            </b>
          </>
        )}
        <span
          aria-hidden
          className="absolute right-0 -bottom-2 h-0.5 w-[196px] bg-accent max-desk:bottom-[-1px] max-desk:left-10 max-desk:w-auto"
        />
      </div>
    </div>
  );
}
