"use client";

import { useState } from "react";
import { formatCount, formatNoun } from "@/client/format";
import { pointsWords } from "@/client/funnel-figures/difference";
import { type FigureScope, groupScope, stepFigure } from "@/client/funnel-figures/figure";
import type { FunnelFigures, FunnelGroup } from "@/core/api/funnels";
import type { JsonValue } from "@/core/event/message";
import type { FunnelSeries } from "../charts/funnel-layout";
import { SeriesMark } from "../charts/series-mark";
import { cn } from "../ui/class-names";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { TextLink } from "../ui/text-link";
import { FigureLink } from "./figure-context";
import { Share } from "./share";

interface GroupTableProps {
  scope: FigureScope;
  figures: FunnelFigures;
  compared?: FunnelFigures;
  /** What the groups are of: "plan". */
  by: string;
  nameOf: (value: JsonValue) => string;
  /** Those that are drawn, in the same order as the groups. */
  series: readonly FunnelSeries[];
  /** Asks for all groups, where not all of them were answered. */
  onAll: () => void;
  stale?: boolean;
}

/** How many groups are shown, and asked for, until all are wanted; and the most that are asked for at once. */
export const groupsAtFirst = 12;
export const mostGroups = 1_000;

/** Every group with the people of each step and the share that got there. */
export function GroupTable({ scope, figures, compared, by, nameOf, series, onAll, stale }: GroupTableProps) {
  const [all, setAll] = useState(false);
  const { breakdown = [], breakdownGroups = breakdown.length } = figures;
  const shown = all ? breakdown : breakdown.slice(0, groupsAtFirst);
  const { steps } = scope;
  return (
    <div className="pt-6">
      <h2 className="pb-2 font-head">By {by}</h2>
      <Table label={`Funnel by ${by}`} className={cn("transition-opacity duration-(--m-slow)", stale && "stale")}>
        <thead>
          <tr>
            <Th>{by}</Th>
            {steps.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place
              <Th key={index} figure className="max-w-44 truncate" title={step.label}>
                {index + 1} {step.label}
              </Th>
            ))}
            <Th figure>Dropped</Th>
            {compared && <Th figure>Change of conversion</Th>}
          </tr>
        </thead>
        <tbody>
          {shown.map((group, index) => {
            const name = nameOf(group.value);
            const drawn = series[index];
            return (
              <Tr key={JSON.stringify(group.value)}>
                <RowHead className="max-w-64">
                  <span className="flex items-center gap-2">
                    {drawn?.scope ? <SeriesMark look={drawn.look} /> : <span className="w-3.5" />}
                    <span className={cn("min-w-0 truncate", group.value === null && "text-ink-2")} title={name}>
                      {name}
                    </span>
                  </span>
                </RowHead>
                <GroupCells scope={groupScope(scope, group, name)} />
                {compared && (
                  <Td figure className="text-ink-2">
                    {pointsWords(conversionOf(group), conversionOf(sameGroup(compared, group.value)))}
                  </Td>
                )}
              </Tr>
            );
          })}
        </tbody>
      </Table>
      {breakdownGroups > shown.length && (
        <p className="pt-2 text-12 text-ink-3">
          {formatCount(shown.length)} of {formatNoun(breakdownGroups, "group")}, the largest first.{" "}
          <TextLink
            onClick={() => {
              setAll(true);
              onAll();
            }}
          >
            Show {breakdownGroups > mostGroups ? `the ${formatCount(mostGroups)} largest` : "all"}
          </TextLink>
        </p>
      )}
    </div>
  );
}

function GroupCells({ scope }: { scope: FigureScope }) {
  const dropped = scope.steps.slice(0, -1).reduce((sum, step) => sum + step.dropped, 0);
  return (
    <>
      {scope.steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place
        <Td key={index} figure>
          <FigureLink figure={stepFigure(scope, index + 1, "reached")} />{" "}
          {index > 0 && (
            <span className="ml-1 inline-block w-12 text-ink-3">
              <Share of={step.fromFirst} />
            </span>
          )}
        </Td>
      ))}
      <Td figure className="text-ink-3">
        {formatCount(dropped)}
      </Td>
    </>
  );
}

function sameGroup({ breakdown }: FunnelFigures, value: JsonValue): FunnelGroup | undefined {
  return breakdown?.find((group) => JSON.stringify(group.value) === JSON.stringify(value));
}

function conversionOf(group: FunnelGroup | undefined): number | null {
  return group?.steps.at(-1)?.fromFirst ?? null;
}
