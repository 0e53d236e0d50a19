"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { formatClock, formatPeople } from "@/client/format";
import { figurePeople, figureSentence, findingOf, pendingSentence } from "@/client/funnel-draft/words";
import { funnelPreviewQuery } from "@/client/queries/funnels";
import { useTimeZone } from "@/client/queries/workspace";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { FunnelFigure } from "@/core/funnel/figure";
import { FunnelChart } from "../charts/funnel-chart";
import { Button } from "../ui/button";
import { Problem } from "../ui/field";
import { Progress } from "../ui/progress";
import { TextLink } from "../ui/text-link";
import { useDebounced } from "../ui/use-debounced";
import { FigureActions } from "./figure-actions";
import { PointedCard } from "./figure-card";
import { FunnelSummary } from "./funnel-summary";
import { FunnelTable } from "./funnel-table";
import { PeopleSheet } from "./people-sheet";
import { PhoneSteps } from "./phone-steps";
import { Sheet } from "./sheet";
import { useSlow } from "./use-slow";

/** How long an edit stands still before it is asked about. */
const settleMs = 120;

/** What a funnel comes to: the figure, the chart, the same as a table, and the people behind each number. */
export function FunnelAnswer({ funnel: wanted }: { funnel: FunnelDefinition | null }) {
  const funnel = useDebounced(wanted, settleMs);
  const query = useQuery({ ...funnelPreviewQuery(funnel), placeholderData: keepPreviousData });
  const timeZone = useTimeZone();
  const [pointed, setPointed] = useState<FunnelFigure | null>(null);
  const [touched, setTouched] = useState<FunnelFigure | null>(null);
  const [opened, setOpened] = useState<FunnelFigure | null>(null);
  const waiting = query.isFetching && query.isPlaceholderData;
  const slow = useSlow(query.isFetching);
  const preview = query.data;
  const stale = waiting || funnel !== wanted;

  if (funnel === null) return <p className="pt-5 text-ink-2">Choose an event to see how many people do it.</p>;
  return (
    <section aria-label="Answer">
      {query.isError && (
        <div className="pt-3">
          <Problem>
            {preview && `Shown as of ${formatClock(preview.asOf, timeZone)}. `}
            {messageOf(query.error)} <TextLink onClick={() => void query.refetch()}>Retry</TextLink>
          </Problem>
        </div>
      )}
      {slow && (
        <div className="flex items-center gap-3 pt-3">
          <div className="w-52">
            <Progress label="Counting" value={null} />
          </div>
          <span className="text-12 text-ink-3">Counting</span>
        </div>
      )}
      {preview && (
        <>
          <FunnelSummary preview={preview} stale={stale} />
          <p className="sr-only" aria-live="polite">
            {stale ? "" : findingOf(preview.steps)}
          </p>
          <div className="pt-2 max-desk:hidden">
            <FunnelChart
              steps={preview.steps}
              funnel={funnel}
              pointed={pointed}
              onPoint={setPointed}
              onOpen={setOpened}
              stale={stale}
              card={(figure) => (
                <PointedCard
                  figure={figure}
                  steps={preview.steps}
                  funnel={funnel}
                  onSeePeople={() => setOpened(figure)}
                />
              )}
            />
          </div>
          <div className="desk:hidden">
            <PhoneSteps steps={preview.steps} funnel={funnel} onPoint={setTouched} stale={stale} />
          </div>
          <div className="pt-3.5">
            <FunnelTable steps={preview.steps} funnel={funnel} pointed={pointed} onOpen={setOpened} stale={stale} />
          </div>
          {touched && (
            <Sheet
              open
              side="bottom"
              onClose={() => setTouched(null)}
              title={formatPeople(figurePeople(touched, preview.steps))}
              description={
                <p>
                  {figureSentence(touched, preview.steps, funnel)} {pendingSentence(touched, preview.steps)}
                </p>
              }
              actions={
                <FigureActions figure={touched} steps={preview.steps} funnel={funnel} wide>
                  <Button
                    onClick={() => {
                      setOpened(touched);
                      setTouched(null);
                    }}
                  >
                    See people
                  </Button>
                </FigureActions>
              }
            />
          )}
          {opened && (
            <PeopleSheet
              figure={opened}
              steps={preview.steps}
              funnel={funnel}
              asOf={preview.asOf}
              onClose={() => setOpened(null)}
            />
          )}
        </>
      )}
    </section>
  );
}
