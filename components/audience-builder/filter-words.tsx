"use client";

import type { DraftFilter, EventRow } from "@/client/audience-draft/draft";
import { useBuilder } from "./builder-context";
import { ComparisonWords } from "./comparison-words";
import { targetKey, targetOptions, unseenTarget } from "./options";
import { Picker } from "./picker";
import { isUnseenProperty, propertiesOf } from "./properties-of";
import { useEventRow } from "./use-event-row";
import { WordPopover } from "./word-popover";

/** "step_name is invite": one filter on the event of its row. */
export function FilterWords({ row, filter }: { row: EventRow; filter: DraftFilter }) {
  const { events, setOpen } = useBuilder();
  const { changeFilter, removeFilter } = useEventRow(row);
  const properties = propertiesOf(row, events ?? []);
  const wordId = `${row.id}/${filter.id}.path`;
  const path = filter.path ?? undefined;
  const types = filter.of === "property" ? properties.find(({ name }) => name === path)?.types : undefined;
  return (
    <span>
      <WordPopover
        wordId={wordId}
        look={path === undefined ? "empty" : isUnseenProperty(filter, row, events) ? "wrong" : "name"}
        label={path ?? "choose a property"}
        title="Choose a property"
        popoverClassName="w-80"
        onClear={() => removeFilter(filter.id)}
      >
        {(opened) => (
          <Picker
            noun="properties"
            options={targetOptions(properties)}
            loading={events === undefined}
            current={path === undefined ? undefined : targetKey({ of: filter.of, path })}
            typed={unseenTarget}
            onChoose={(target) => {
              changeFilter({ ...filter, ...target, value: target.path === path ? filter.value : null });
              opened.close();
              if (path === undefined) setOpen(`${row.id}/${filter.id}.value`);
            }}
          />
        )}
      </WordPopover>{" "}
      {path !== undefined && (
        <ComparisonWords
          idStart={`${row.id}/${filter.id}.`}
          subject={path}
          types={types ?? []}
          valuesOf={{
            kind: "property",
            event: row.choice.kind === "named" ? row.choice.event : undefined,
            type: row.type ?? (row.choice.kind === "named" ? "track" : undefined),
            [filter.of]: path,
          }}
          op={filter.op}
          value={filter.value}
          onChange={(comparison, step) => changeFilter({ ...filter, ...comparison }, step)}
          onClear={() => removeFilter(filter.id)}
        />
      )}
    </span>
  );
}
