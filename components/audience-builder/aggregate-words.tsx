"use client";

import type { DraftAggregate, EventRow } from "@/client/audience-draft/draft";
import { asksForNumbers } from "@/client/audience-draft/measure";
import type { AggregateFunction, AggregateOperator } from "@/core/audience/definition";
import { scalarWords } from "@/core/audience/describe/operator-words";
import { AggregateEditor } from "./aggregate-editor";
import { useBuilder } from "./builder-context";
import { MeasureWord } from "./measure-word";
import { propertyOptions, unseenProperty } from "./options";
import { Picker } from "./picker";
import { propertiesOf } from "./properties-of";
import { WordPopover } from "./word-popover";

interface AggregateWordsProps {
  row: EventRow;
  aggregate: DraftAggregate;
  change: (next: Partial<EventRow>, step?: string) => void;
}

const figureWords = {
  sum: "with a total",
  avg: "with an average",
  min: "with a smallest",
  max: "with a largest",
  distinct: "different values of",
  distinct_days: "different days",
} as const satisfies Record<AggregateFunction, string>;

const comparisonWords = {
  gt: "more than",
  gte: "at least",
  lt: "less than",
  lte: "at most",
  eq: "exactly",
} as const satisfies Record<AggregateOperator, string>;

/** "with a total amount of at least 100", "with at least 3 different values of plan", "on at least 3 different days". */
export function AggregateWords({ row, aggregate, change }: AggregateWordsProps) {
  const figure = <MeasureWord row={row} wordId={`${row.id}/count`} label={figureWords[aggregate.fn]} change={change} />;
  const comparison = <ComparisonWord row={row} aggregate={aggregate} change={change} />;
  const property = <PropertyWord row={row} aggregate={aggregate} change={change} />;
  switch (aggregate.fn) {
    case "distinct_days":
      return (
        <>
          on {comparison} {figure}{" "}
        </>
      );
    case "distinct":
      return (
        <>
          with {comparison} {figure} {property}{" "}
        </>
      );
    default:
      return (
        <>
          {figure} {property} of {comparison}{" "}
        </>
      );
  }
}

function ComparisonWord({ row, aggregate, change }: AggregateWordsProps) {
  const { op, value } = aggregate;
  const entered = value !== null && value !== "";
  return (
    <WordPopover
      wordId={`${row.id}/value`}
      look={entered ? "plain" : "empty"}
      label={entered ? `${comparisonWords[op]} ${scalarWords(value)}` : "enter a number"}
      title="How much"
      popoverClassName="w-auto"
      onClear={() => change({ aggregate: { ...aggregate, value: null } })}
    >
      {(opened) => (
        <AggregateEditor
          opened={opened}
          words={comparisonWords}
          aggregate={aggregate}
          onChange={(next) => change({ aggregate: next }, opened.step)}
        />
      )}
    </WordPopover>
  );
}

function PropertyWord({ row, aggregate, change }: AggregateWordsProps) {
  const { events, setOpen } = useBuilder();
  const { property, fn } = aggregate;
  const properties = propertiesOf(row, events ?? []);
  const unseen = property !== null && properties.length > 0 && !properties.some(({ name }) => name === property);
  return (
    <WordPopover
      wordId={`${row.id}/of`}
      look={property === null ? "empty" : unseen ? "wrong" : "name"}
      label={property ?? "choose a property"}
      title="Choose a property"
      popoverClassName="w-80"
      onClear={() => change({ aggregate: { ...aggregate, property: null } })}
    >
      {(opened) => (
        <Picker
          noun="properties"
          options={propertyOptions(properties, asksForNumbers(fn))}
          loading={events === undefined}
          current={property ?? undefined}
          typed={unseenProperty}
          onChoose={(chosen) => {
            change({ aggregate: { ...aggregate, property: chosen } });
            opened.close();
            if (aggregate.value === null) setOpen(`${row.id}/value`);
          }}
          onLeave={opened.leave}
        />
      )}
    </WordPopover>
  );
}
