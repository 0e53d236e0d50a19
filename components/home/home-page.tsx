"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { isBusy, sampleQuery } from "@/client/queries/sample";
import { overviewQuery } from "@/client/queries/workspace";
import { Page } from "../shell/page";
import { Fetched } from "../ui/fetched";
import { Segmented } from "../ui/segmented";
import { ListSkeleton } from "../ui/skeleton";
import { TextLink } from "../ui/text-link";
import { Activity } from "./activity";
import { AudienceList } from "./audience-list";
import { EmptyHome } from "./empty-home";
import { FiringAlerts } from "./firing-alerts";
import { NextStep } from "./next-step";
import { SampleProgress } from "./sample-progress";
import { SourceList } from "./source-list";

const periods = ["7", "30", "90"] as const;

/** What is here, and the next thing to do. */
export function HomePage() {
  const [days, setDays] = useQueryState("days", parseAsStringLiteral(periods).withDefault("30"));
  const overview = useQuery({ ...overviewQuery(Number(days)), refetchInterval: 15_000 });
  const sample = useQuery(sampleQuery).data;
  const empty = overview.data?.messages === 0;
  return (
    <Page
      title="Home"
      actions={
        overview.data &&
        !empty && (
          <Segmented
            label="Period"
            value={days}
            onChange={setDays}
            options={periods.map((period) => ({
              value: period,
              label: (
                <span>
                  {period}
                  <span className="max-desk:sr-only"> days</span>
                </span>
              ),
            }))}
          />
        )
      }
    >
      <Fetched query={overview} what="The overview" loading={<ListSkeleton label="Loading the overview" />}>
        {(data) => {
          if (sample && isBusy(sample)) return <SampleProgress sample={sample} />;
          if (data.messages === 0) return <EmptyHome sources={data.sources} sample={sample} />;
          return (
            <>
              <FiringAlerts />
              <NextStep overview={data} />
              <Activity overview={data} days={Number(days)} />
              <div className="grid grid-cols-[minmax(0,7fr)_minmax(0,5fr)] gap-8 border-t border-line pt-4 max-desk:grid-cols-1 max-desk:gap-6">
                <AudienceList />
                <SourceList sources={data.sources} />
              </div>
              {sample?.status === "loaded" && (
                <p className="pt-6 text-12 text-ink-3">
                  The sample is among these figures.{" "}
                  <TextLink asChild>
                    <Link href="/settings">Remove it in Settings</Link>
                  </TextLink>
                </p>
              )}
            </>
          );
        }}
      </Fetched>
    </Page>
  );
}
