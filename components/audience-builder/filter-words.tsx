"use client";

import type { DraftFilter, DraftMatch } from "@/client/audience-draft/draft-match";
import { useBuilder } from "./builder-context";
import { ComparisonWords } from "./comparison-words";
import { targetKey, targetOptions, unseenTarget } from "./options";
import { Picker } from "./picker";
import { isUnseenProperty, propertiesOf } from "./properties-of";
import { WordPopover } from "./word-popover";

interface FilterWordsProps {
  /** Start of its words' ids: `r3/r7.`. */
  idStart: string;
  match: Pick<DraftMatch, "choice" | "type">;
  filter: DraftFilter;
  onChange: (filter: DraftFilter, step?: string) => void;
  onRemove: () => void;
}

/** "step_name is invite": one filter on the event that is spoken of. */
export function FilterWords({ idStart, match, filter, onChange, onRemove }: FilterWordsProps) {
  const { events, setOpen } = useBuilder();
  const { choice, type } = match;
  const properties = propertiesOf(match, events ?? []);
  const path = filter.path ?? undefined;
  const types = filter.of === "property" ? properties.find(({ name }) => name === path)?.types : undefined;
  return (
    <span>
      {filter.of === "context" && path !== undefined && <span className="text-ink-3">context </span>}
      <WordPopover
        wordId={`${idStart}path`}
        look={path === undefined ? "empty" : isUnseenProperty(filter, match, events) ? "wrong" : "name"}
        label={path ?? "choose a property"}
        title="Choose a property"
        popoverClassName="w-80"
        onClear={onRemove}
      >
        {(opened) => (
          <Picker
            noun="properties"
            options={targetOptions(properties)}
            loading={events === undefined}
            current={path === undefined ? undefined : targetKey({ of: filter.of, path })}
            typed={unseenTarget}
            onChoose={(target) => {
              onChange({ ...filter, ...target, value: target.path === path ? filter.value : null });
              opened.close();
              if (path === undefined) setOpen(`${idStart}value`);
            }}
          />
        )}
      </WordPopover>{" "}
      {path !== undefined && (
        <ComparisonWords
          idStart={idStart}
          subject={path}
          types={types ?? []}
          valuesOf={{
            kind: "property",
            event: choice.kind === "named" ? choice.event : undefined,
            type: type ?? (choice.kind === "named" ? "track" : undefined),
            [filter.of]: path,
          }}
          op={filter.op}
          value={filter.value}
          onChange={(comparison, step) => onChange({ ...filter, ...comparison }, step)}
          onClear={onRemove}
        />
      )}
    </span>
  );
}
