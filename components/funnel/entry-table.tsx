"use client";

import { useState } from "react";
import { formatCount, formatNoun } from "@/client/format";
import { entryFigure, type FigureScope } from "@/client/funnel-figures/figure";
import type { FunnelEntryPeriod } from "@/core/api/funnels";
import type { EntryUnit } from "@/core/funnel/figure";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { TextLink } from "../ui/text-link";
import { FigureLink } from "./figure-context";
import { periodTitle } from "./period-title";
import { Share } from "./share";

interface EntryTableProps {
  scope: FigureScope;
  periods: readonly FunnelEntryPeriod[];
  unit: EntryUnit;
  /** The step that the share is of. */
  step: number;
}

const atFirst = 14;

/** The same figures as the line's, the latest first. */
export function EntryTable({ scope, periods, unit, step }: EntryTableProps) {
  const [all, setAll] = useState(false);
  const latestFirst = periods.toReversed();
  const shown = all ? latestFirst : latestFirst.slice(0, atFirst);
  return (
    <>
      <Table label="Conversion over time as a table">
        <caption className="sr-only">The figures of the line</caption>
        <thead>
          <tr>
            <Th>{unit === "day" ? "Day of the first step" : "Week of the first step"}</Th>
            <Th figure>Entered</Th>
            <Th figure>Got there</Th>
            <Th figure>Share</Th>
            <Th figure>Have time</Th>
          </tr>
        </thead>
        <tbody>
          {shown.map((period) => {
            const entered = period.people[0] ?? 0;
            return (
              <Tr key={period.date}>
                <RowHead className="whitespace-nowrap">{periodTitle(period.date, unit)}</RowHead>
                <Td figure>
                  <FigureLink figure={entryFigure(scope, period, unit, 1)} />
                </Td>
                <Td figure>
                  <FigureLink figure={entryFigure(scope, period, unit, step)} />
                </Td>
                <Td figure>
                  <Share of={entered === 0 ? null : (period.people[step - 1] ?? 0) / entered} />
                </Td>
                <Td figure className="text-ink-3">
                  {formatCount(period.pending)}
                  {period.pending > 0 && <span className="sr-only"> (still open)</span>}
                </Td>
              </Tr>
            );
          })}
        </tbody>
      </Table>
      {periods.length > shown.length && (
        <p className="pt-2 text-12 text-ink-3">
          The latest {formatCount(shown.length)} of {formatNoun(periods.length, unit)}.{" "}
          <TextLink onClick={() => setAll(true)}>Show all</TextLink>
        </p>
      )}
    </>
  );
}
