import { formatCount, formatPeople, formatShare } from "@/client/format";
import { figureSentence } from "@/client/funnel-draft/words";
import { formatSpan } from "@/client/span";
import type { FunnelStepResult } from "@/core/api/funnels";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { FunnelFigure } from "@/core/funnel/figure";
import { cn } from "../ui/class-names";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";

interface FunnelTableProps {
  steps: readonly FunnelStepResult[];
  funnel: Pick<FunnelDefinition, "window">;
  pointed: FunnelFigure | null;
  onOpen: (figure: FunnelFigure) => void;
  stale?: boolean;
}

/** The same figures as the chart's; each number of people opens them. */
export function FunnelTable({ steps, funnel, pointed, onOpen, stale = false }: FunnelTableProps) {
  const open = (figure: FunnelFigure, people: number, className?: string) => (
    <button
      type="button"
      onClick={() => onOpen(figure)}
      aria-label={`${formatPeople(people)} ${figureSentence(figure, steps, funnel)}`}
      className={cn("rounded-1 underline-offset-3 hover:underline", className)}
    >
      {formatCount(people)}
    </button>
  );
  return (
    <Table
      label="Funnel as a table"
      className={cn("min-w-[680px] transition-opacity duration-(--m-slow)", stale && "stale")}
    >
      <caption className="sr-only">The figures of the chart</caption>
      <thead>
        <tr>
          <td colSpan={2} />
          <Group>Reached, of</Group>
          <Group>Dropped after</Group>
          <Group className="border-l border-line">Time from previous</Group>
        </tr>
        <tr>
          <Th className="pl-5">Step</Th>
          <Th figure>People</Th>
          <Th figure>first</Th>
          <Th figure>previous</Th>
          <Th figure>people</Th>
          <Th figure>have time</Th>
          <Th figure className="border-l border-line">
            median
          </Th>
          <Th figure>9 in 10</Th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step, index) => {
          const number = index + 1;
          const lit = pointed?.step === number;
          const last = number === steps.length;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place
            <Tr key={index} className={cn(lit && "bg-hover")} aria-current={lit || undefined}>
              <RowHead>
                <span className="inline-block w-5 text-ink-3">{number}</span>
                {step.label}
              </RowHead>
              <Td figure>
                {open(
                  { step: number, outcome: "reached" },
                  step.people,
                  lit && pointed.outcome === "reached" ? "font-head underline" : "",
                )}
              </Td>
              <Td figure>{share(step.fromFirst)}</Td>
              <Td figure>{index === 0 ? <Nothing /> : share(step.fromPrevious)}</Td>
              <Td figure>
                {last ? (
                  <Nothing />
                ) : (
                  open(
                    { step: number, outcome: "dropped" },
                    step.dropped,
                    lit && pointed.outcome === "dropped" ? "font-head text-out underline" : "",
                  )
                )}
              </Td>
              <Td figure className="text-ink-3">
                {last ? <Nothing /> : formatCount(step.pending)}
              </Td>
              <Td figure className="border-l border-line">
                {step.seconds ? formatSpan(step.seconds.median) : <Nothing />}
              </Td>
              <Td figure className="text-ink-3">
                {step.seconds ? formatSpan(step.seconds.p90) : <Nothing />}
              </Td>
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function share(fraction: number | null) {
  return fraction === null ? <Nothing /> : formatShare(fraction);
}

function Nothing() {
  return <span className="text-ink-3">–</span>;
}

function Group({ className, children }: { className?: string; children: string }) {
  return (
    <th
      scope="colgroup"
      colSpan={2}
      className={cn("relative pb-1.5 text-center text-12 font-text whitespace-nowrap text-ink-2", className)}
    >
      {children}
      <span aria-hidden className="absolute right-3 bottom-0.5 left-4 border-b border-line-strong" />
    </th>
  );
}
