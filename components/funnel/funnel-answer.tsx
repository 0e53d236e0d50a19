"use client";

import { useState } from "react";
import type { Figure } from "@/client/funnel-figures/figure";
import { findingOf } from "@/client/funnel-figures/figure-words";
import type { PreviewRequest } from "@/client/queries/funnels";
import type { FunnelDefinition } from "@/core/funnel/definition";
import { useBuilder } from "../audience-builder/builder-context";
import { Segmented } from "../ui/segmented";
import { ListSkeleton } from "../ui/skeleton";
import { AnswerStatus } from "./answer-status";
import { CsvButton } from "./csv-button";
import { FigureProvider } from "./figure-context";
import { funnelPicture } from "./funnel-picture";
import { FunnelSummary } from "./funnel-summary";
import { groupsAtFirst, mostGroups } from "./group-table";
import { OverTimeView } from "./over-time-view";
import { PeopleSheet } from "./people-sheet";
import { StepsView } from "./steps-view";
import { TimeTakenView } from "./time-taken-view";
import type { AnswerOptions } from "./use-answer-options";
import { useFunnelPreview } from "./use-funnel-preview";

interface FunnelAnswerProps {
  funnel: FunnelDefinition | null;
  options: AnswerOptions;
}

const views = [
  { value: "steps", label: "Steps" },
  { value: "over-time", label: "Over time" },
  { value: "time-taken", label: "Time taken" },
] as const;

/** What a funnel comes to: the one figure, then step by step, day by day or by the time it takes, and the people behind each number. */
export function FunnelAnswer({ funnel, options }: FunnelAnswerProps) {
  const { view, by, compare, setView } = options;
  const { audiences } = useBuilder();
  const [allGroups, setAllGroups] = useState(false);
  const request: PreviewRequest = {
    ...(view === "over-time" && { overTime: by }),
    ...(compare && { compare }),
    ...(funnel?.breakdown && { groups: allGroups ? mostGroups : groupsAtFirst }),
  };
  const state = useFunnelPreview(funnel, request);
  const [pointed, setPointed] = useState<Figure | null>(null);
  const [opened, setOpened] = useState<Figure | null>(null);
  const { answered, stale, working } = state;

  if (funnel === null) return <p className="pt-5 text-ink-2">Choose an event to see how many people do it.</p>;
  const picture = answered && funnelPicture(answered.funnel, answered.preview, audiences);
  return (
    <section aria-label="Answer">
      <AnswerStatus state={state} />
      {!answered && working && <ListSkeleton label="Loading the figures" />}
      {answered && picture && (
        <FigureProvider value={{ pointed, open: setOpened }}>
          <FunnelSummary preview={answered.preview} stale={stale} working={working} />
          <p className="sr-only" aria-live="polite">
            {stale || working ? "" : findingOf(picture.scope)}
          </p>
          <div className="flex flex-wrap items-center gap-2 pt-1 pb-1.5">
            <Segmented label="What is shown" value={view} onChange={setView} options={views} />
            <CsvButton
              table={view}
              preview={answered.preview}
              nameOf={picture.split?.nameOf ?? ((value) => JSON.stringify(value))}
            />
          </div>
          {view === "steps" && (
            <StepsView
              picture={picture}
              preview={answered.preview}
              stale={stale}
              pointed={pointed}
              onPoint={setPointed}
              onOpen={setOpened}
              onAllGroups={() => setAllGroups(true)}
            />
          )}
          {view === "over-time" && (
            <OverTimeView
              picture={picture}
              preview={answered.preview}
              options={options}
              stale={stale}
              onOpen={setOpened}
            />
          )}
          {view === "time-taken" && (
            <TimeTakenView picture={picture} preview={answered.preview} stale={stale} onOpen={setOpened} />
          )}
          {opened && <PeopleSheet figure={opened} onOpen={setOpened} onClose={() => setOpened(null)} />}
        </FigureProvider>
      )}
    </section>
  );
}
