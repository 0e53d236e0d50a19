"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { formatClock, formatPeople } from "@/client/format";
import { figurePeople, figureSentence, pendingSentence } from "@/client/funnel-draft/words";
import { funnelPeopleQuery } from "@/client/queries/funnels";
import { useTimeZone } from "@/client/queries/workspace";
import type { FunnelStepResult } from "@/core/api/funnels";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { FunnelFigure } from "@/core/funnel/figure";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { FigureActions } from "./figure-actions";
import { PeopleList } from "./people-list";
import { Sheet } from "./sheet";

interface PeopleSheetProps {
  figure: FunnelFigure;
  steps: readonly FunnelStepResult[];
  funnel: FunnelDefinition;
  /** The moment of the figures: the people are those of the same moment. */
  asOf: string;
  onClose: () => void;
}

/** The people of a figure, however many, as of the moment of the figure. */
export function PeopleSheet({ figure, steps, funnel, asOf, onClose }: PeopleSheetProps) {
  const timeZone = useTimeZone();
  const people = useInfiniteQuery(funnelPeopleQuery(funnel, figure, asOf));
  const count = figurePeople(figure, steps);
  return (
    <Sheet
      open
      onClose={onClose}
      title={formatPeople(count)}
      description={
        <>
          <p>
            {figureSentence(figure, steps, funnel)} {pendingSentence(figure, steps)}
          </p>
          <p className="text-12 text-ink-3">as of {formatClock(asOf, timeZone)} · exact</p>
        </>
      }
      actions={<FigureActions figure={figure} steps={steps} funnel={funnel} />}
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
                label={formatPeople(count)}
                people={items}
                total={count}
                onNearEnd={people.hasNextPage && !people.isFetching ? () => void people.fetchNextPage() : undefined}
              />
            );
          }}
        </Fetched>
      </div>
    </Sheet>
  );
}
