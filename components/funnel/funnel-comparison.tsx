"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatClock } from "@/client/format";
import { type Figure, type FigureScope, scopeOf, stepFigure } from "@/client/funnel-figures/figure";
import { compareFunnelVersionsQuery } from "@/client/queries/funnel-versions";
import { useTimeZone } from "@/client/queries/workspace";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { ChangeList } from "../versions/change-list";
import type { VersionPair } from "../versions/comparison-frame";
import { FigureLink, FigureProvider } from "./figure-context";
import { PeopleSheet } from "./people-sheet";
import { Share } from "./share";

/** What changed between two versions of a funnel, and the steps of each with their people at one moment. */
export function FunnelComparison({ id, before, after }: VersionPair & { id: string }) {
  const query = useQuery(compareFunnelVersionsQuery(id, before, after));
  const timeZone = useTimeZone();
  const [opened, setOpened] = useState<Figure | null>(null);
  return (
    <Fetched query={query} what="The comparison" loading={<ListSkeleton rows={5} label="Loading the comparison" />}>
      {(compared) => (
        <FigureProvider value={{ pointed: null, open: setOpened }}>
          <p className="pb-2 text-12 text-ink-3">as of {formatClock(compared.asOf, timeZone)} · exact</p>
          <ChangeList changes={compared.changes} className="pb-4" />
          <div className="grid grid-cols-2 gap-6 max-desk:grid-cols-1">
            <Side version={before} scope={scopeOf(compared.before.funnel, compared.before.figures)} />
            <Side version={after} scope={scopeOf(compared.after.funnel, compared.after.figures)} />
          </div>
          {opened && <PeopleSheet figure={opened} onOpen={setOpened} onClose={() => setOpened(null)} />}
        </FigureProvider>
      )}
    </Fetched>
  );
}

function Side({ version, scope }: { version: number; scope: FigureScope }) {
  return (
    <div className="min-w-0">
      <h2 className="pb-1.5 font-head">Version {version}</h2>
      <Table label={`Steps of version ${version}`}>
        <thead>
          <tr>
            <Th>Step</Th>
            <Th figure>People</Th>
            <Th figure>of first</Th>
            <Th figure>Dropped after</Th>
          </tr>
        </thead>
        <tbody>
          {scope.steps.map(({ label, fromFirst }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place
            <Tr key={index}>
              <RowHead>
                <span className="flex">
                  <span className="w-5 flex-none text-ink-3">{index + 1}</span>
                  <span className="min-w-0 break-words">{label}</span>
                </span>
              </RowHead>
              <Td figure>
                <FigureLink figure={stepFigure(scope, index + 1, "reached")} />
              </Td>
              <Td figure className="text-ink-2">
                <Share of={fromFirst} />
              </Td>
              <Td figure>
                <FigureLink figure={stepFigure(scope, index + 1, "dropped")} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
