"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { formatClock } from "@/client/format";
import { type Figure, outcomesOf, sameFigure } from "@/client/funnel-figures/figure";
import { figureSentence, figureTitle, pendingSentence } from "@/client/funnel-figures/figure-words";
import { funnelPeopleQuery } from "@/client/queries/funnels";
import { useTimeZone } from "@/client/queries/workspace";
import { Fetched } from "../ui/fetched";
import { Segmented } from "../ui/segmented";
import { ListSkeleton } from "../ui/skeleton";
import { FigureActions } from "./figure-actions";
import { PeopleList } from "./people-list";
import { Sheet } from "./sheet";

interface PeopleSheetProps {
  figure: Figure;
  onOpen: (figure: Figure) => void;
  onClose: () => void;
}

/** The people of a figure, however many, as of the moment of the figure. */
export function PeopleSheet({ figure, onOpen, onClose }: PeopleSheetProps) {
  const timeZone = useTimeZone();
  const { scope, selector, people: count } = figure;
  const people = useInfiniteQuery(funnelPeopleQuery(scope.funnel, selector, scope.asOf));
  const title = figureTitle(figure);
  const outcomes = outcomesOf(figure);
  return (
    <Sheet
      open
      onClose={onClose}
      title={title}
      description={
        <>
          <p>
            {figureSentence(figure, timeZone)} {pendingSentence(figure)}
          </p>
          <p className="text-12 text-ink-3">
            as of {formatClock(scope.asOf, timeZone)} ·{" "}
            {scope.sampleOf === undefined ? "exact" : `estimate from 1 of ${scope.sampleOf} people; the list is exact`}
          </p>
          {outcomes.length > 1 && (
            <Segmented
              label="Which of them"
              className="mt-2"
              value={outcomes.find((outcome) => sameFigure(outcome.figure, figure))?.value ?? "reached"}
              options={outcomes}
              onChange={(value) => {
                const chosen = outcomes.find((outcome) => outcome.value === value);
                if (chosen) onOpen(chosen.figure);
              }}
            />
          )}
        </>
      }
      actions={<FigureActions figure={figure} />}
    >
      <div className="flex min-h-0 flex-1 flex-col">
        <Fetched
          query={people}
          what="The people"
          loading={
            <div className="px-4">
              <ListSkeleton rows={10} label="Loading people" />
            </div>
          }
        >
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0) return <p className="px-4 py-3 text-ink-2">Nobody is here.</p>;
            return (
              <PeopleList
                label={title}
                people={items}
                total={Math.max(count, items.length)}
                onNearEnd={people.hasNextPage && !people.isFetching ? () => void people.fetchNextPage() : undefined}
              />
            );
          }}
        </Fetched>
      </div>
    </Sheet>
  );
}
