import type { ReactNode } from "react";
import { changeWords, pointsWords } from "@/client/funnel-figures/difference";
import { type FigureScope, stepFigure } from "@/client/funnel-figures/figure";
import { formatSpan } from "@/client/span";
import type { FunnelStepResult, FunnelTimes } from "@/core/api/funnels";
import { cn } from "../ui/class-names";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { FigureLink, usePointedStep } from "./figure-context";
import { Nothing, Share } from "./share";

interface FunnelTableProps {
  scope: FigureScope;
  compared?: FigureScope;
  stale?: boolean;
}

const split = "border-l border-line";

/** The same figures as the chart's; each number of people opens them. */
export function FunnelTable({ scope, compared, stale = false }: FunnelTableProps) {
  const pointedStep = usePointedStep();
  return (
    <Table
      label="Funnel as a table"
      className={cn(
        "transition-opacity duration-(--m-slow)",
        compared ? "min-w-[1080px]" : "min-w-[760px]",
        stale && "stale",
      )}
    >
      <caption className="sr-only">The figures of the chart</caption>
      <thead>
        <tr>
          <td colSpan={2} />
          <Group>Reached, of</Group>
          <Group>Dropped after</Group>
          <Group columns={3} className={split}>
            Time from previous
          </Group>
          {compared && (
            <Group columns={4} className={split}>
              Compared with
            </Group>
          )}
        </tr>
        <tr>
          <Th className="pl-5">Step</Th>
          <Th figure>People</Th>
          <Th figure>first</Th>
          <Th figure>previous</Th>
          <Th figure>people</Th>
          <Th figure>have time</Th>
          <Th figure className={split}>
            mean
          </Th>
          <Th figure>median</Th>
          <Th figure>9 in 10</Th>
          {compared && (
            <>
              <Th figure className={split}>
                people
              </Th>
              <Th figure>change</Th>
              <Th figure>of first</Th>
              <Th figure>change</Th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {scope.steps.map((step, index) => {
          const number = index + 1;
          const lit = pointedStep === number;
          const last = number === scope.steps.length;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place
            <Tr key={index} className={cn(lit && "bg-hover")} aria-current={lit || undefined}>
              <RowHead>
                <span className="flex">
                  <span className="w-5 flex-none text-ink-3">{number}</span>
                  <span>
                    {step.label}
                    {scope.funnel.steps[index]?.optional && <span className="text-ink-3"> or without it</span>}
                  </span>
                </span>
              </RowHead>
              <Td figure>
                <FigureLink figure={stepFigure(scope, number, "reached")} />
              </Td>
              <Td figure>
                <Share of={step.fromFirst} />
              </Td>
              <Td figure>{index === 0 ? <Nothing /> : <Share of={step.fromPrevious} />}</Td>
              <Td figure>{last ? <Nothing /> : <FigureLink figure={stepFigure(scope, number, "dropped")} />}</Td>
              <Td figure className="text-ink-3">
                {last ? <Nothing /> : <FigureLink figure={stepFigure(scope, number, "pending")} />}
              </Td>
              <Times of={step.seconds} />
              {compared && <Compared now={step} scope={compared} step={number} />}
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function Times({ of }: { of: FunnelTimes | undefined }) {
  return (
    <>
      <Td figure className={cn(split, "text-ink-3")}>
        {of ? formatSpan(of.mean) : <Nothing />}
      </Td>
      <Td figure>{of ? formatSpan(of.median) : <Nothing />}</Td>
      <Td figure className="text-ink-3">
        {of ? formatSpan(of.p90) : <Nothing />}
      </Td>
    </>
  );
}

function Compared({ now, scope, step }: { now: FunnelStepResult; scope: FigureScope; step: number }) {
  const then = scope.steps[step - 1];
  if (!then) return null;
  return (
    <>
      <Td figure className={split}>
        <FigureLink figure={stepFigure(scope, step, "reached")} />
      </Td>
      <Td figure className="text-ink-2">
        {changeWords(now.people, then.people)}
      </Td>
      <Td figure>
        <Share of={then.fromFirst} />
      </Td>
      <Td figure className="text-ink-2">
        {pointsWords(now.fromFirst, then.fromFirst)}
      </Td>
    </>
  );
}

interface GroupProps {
  columns?: number;
  className?: string;
  children: ReactNode;
}

function Group({ columns = 2, className, children }: GroupProps) {
  return (
    <th
      scope="colgroup"
      colSpan={columns}
      className={cn("relative pb-1.5 text-center text-12 font-text whitespace-nowrap text-ink-2", className)}
    >
      {children}
      <span aria-hidden className="absolute right-3 bottom-0.5 left-4 border-b border-line-strong" />
    </th>
  );
}
