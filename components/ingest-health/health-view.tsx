"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatCount, formatDate, formatMinute, formatNoun } from "@/client/format";
import { healthQuery, type IngestHealth } from "@/client/queries/debugger";
import { sourcesQuery } from "@/client/queries/sources";
import { useTimeZone } from "@/client/queries/workspace";
import type { IngestBucket, IngestInterval } from "@/core/api/ingest-health";
import { ColumnChart } from "../charts/column-chart";
import { SourceFilter } from "../sources/source-filter";
import { Age } from "../ui/age";
import { EmptyState } from "../ui/empty-state";
import { Fetched } from "../ui/fetched";
import { Segmented } from "../ui/segmented";
import { ListSkeleton } from "../ui/skeleton";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { HealthTable } from "./health-table";
import { isMeasure, type Measure, measures } from "./measures";

const intervals: readonly { value: IngestInterval; label: string }[] = [
  { value: "minute", label: "Last hour" },
  { value: "hour", label: "2 days" },
  { value: "day", label: "30 days" },
];

/** How much came in and what became of it, as a chart and as the same figures in a table. */
export function HealthView() {
  const sources = useQuery(sourcesQuery).data ?? [];
  const [interval, setInterval] = useState<IngestInterval>("minute");
  const [source, setSource] = useState("");
  const query = useQuery(healthQuery(source || undefined, interval));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <div className="flex flex-wrap items-center gap-2">
        <SourceFilter value={source} onChange={setSource} />
        <Segmented label="Span" value={interval} options={intervals} onChange={setInterval} />
      </div>
      <Fetched query={query} what="The figures" loading={<ListSkeleton rows={6} label="Loading the figures" />}>
        {(health) => <Health health={health} names={new Map(sources.map(({ id, name }) => [id, name]))} />}
      </Fetched>
    </div>
  );
}

function Health({ health, names }: { health: IngestHealth; names: ReadonlyMap<string, string> }) {
  const timeZone = useTimeZone();
  const [measure, setMeasure] = useState<Measure>("received");
  const { buckets, interval, total, reasons, sources } = health;
  const label = (at: string) =>
    interval === "minute" ? formatMinute(at, timeZone) : formatDate(at, timeZone).replace(/^\w+ | \d{4}$/g, "");
  const title = (at: string) =>
    interval === "day" ? formatDate(at, timeZone) : `${formatDate(at, timeZone)} ${formatMinute(at, timeZone)}`;
  if (total.received + total.turnedAway + total.limited === 0) {
    return (
      <EmptyState title="Nothing came in" className="max-w-2xl">
        <p>
          In this span no source has sent anything. Choose a longer one, or look at a source’s page for how to set it
          up.
        </p>
      </EmptyState>
    );
  }
  const { words } = measures[measure];
  return (
    <>
      <dl className="flex flex-wrap gap-x-7 gap-y-3">
        {Object.entries(measures).map(([name, { name: term, explained }]) => (
          <div key={name}>
            <dt className="text-12 text-ink-3" title={explained}>
              {term}
            </dt>
            <dd className="text-20 tabular-nums">{formatCount(total[isMeasure(name) ? name : "received"])}</dd>
          </div>
        ))}
      </dl>
      <section aria-label="By time" className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <Segmented
          label="What the chart shows"
          value={measure}
          options={(["received", "duplicate", "refused", "blocked", "late"] as const).map((value) => ({
            value,
            label: measures[value].name,
          }))}
          onChange={setMeasure}
          className="justify-self-start"
        />
        <ColumnChart
          label={`${formatNoun(total[measure], "message")} ${words} in the span shown.`}
          unit="messages"
          head={interval === "day" ? "Day" : "From"}
          columns={buckets.map((bucket: IngestBucket) => ({
            key: bucket.at,
            label: label(bucket.at),
            title: title(bucket.at),
            value: bucket[measure],
          }))}
        />
        <HealthTable buckets={buckets} title={title} />
      </section>
      <div className="grid grid-cols-2 gap-7 max-desk:grid-cols-1">
        <div>
          <h2 className="pb-1.5 font-head">Refused and held back</h2>
          {reasons.length === 0 ? (
            <p className="border-t border-line py-2 text-ink-2">Nothing was refused.</p>
          ) : (
            <Table label="Refused by reason">
              <tbody>
                {reasons.map(({ verdict, code, count, lastAt }) => (
                  <Tr key={`${verdict} ${code}`}>
                    <RowHead>
                      <code className="font-mono text-12">{code}</code>
                    </RowHead>
                    <Td figure className="text-violation">
                      {formatCount(count)}
                    </Td>
                    <Td figure className="text-ink-3">
                      <Age at={lastAt} />
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )}
        </div>
        <div>
          <h2 className="pb-1.5 font-head">By source</h2>
          <Table label="By source">
            <thead>
              <tr>
                <Th>Source</Th>
                <Th figure>Received</Th>
                <Th figure>Not taken</Th>
              </tr>
            </thead>
            <tbody>
              {sources.map(({ sourceId, received, refused, blocked }) => (
                <Tr key={sourceId}>
                  <RowHead className="max-w-60 truncate">{names.get(sourceId) ?? "A source that is gone"}</RowHead>
                  <Td figure>{formatCount(received)}</Td>
                  <Td figure className={refused + blocked > 0 ? "text-violation" : "text-ink-3"}>
                    {formatCount(refused + blocked)}
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        </div>
      </div>
      <p className="max-w-[80ch] text-12 text-ink-3">
        Late: happened more than an hour before it was received. Future: dated later than it was received, which only a
        message without sentAt can be. Wrong clock: the sender’s clock was more than five minutes off, and was
        corrected. Files are left out of these three. A server that is killed loses the counts of its last three
        seconds, and no message.
      </p>
    </>
  );
}
