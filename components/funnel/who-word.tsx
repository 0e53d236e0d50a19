"use client";

import { formatNoun } from "@/client/format";
import { changeRest } from "@/client/funnel-draft/draft";
import { useBuilder } from "../audience-builder/builder-context";
import { audienceOptions } from "../audience-builder/options";
import { Picker } from "../audience-builder/picker";
import { WordPopover } from "../audience-builder/word-popover";
import { Checkbox } from "../ui/checkbox";
import { TextLink } from "../ui/text-link";
import type { FunnelEditing } from "./use-funnel-draft";

const everyone = "";

/** Who is counted: everybody who is known, visitors too, or the people of an audience. */
export function WhoWord({ editing: { draft, edit } }: { editing: FunnelEditing }) {
  const { audiences } = useBuilder();
  const { audienceId, definition, includeAnonymous = false } = draft.rest;
  const audience = audiences?.find(({ id }) => id === audienceId);
  const missing = audienceId !== undefined && audiences !== undefined && !audience;
  const people = includeAnonymous ? "everyone, visitors too" : "known people";
  const named = audience?.name ?? (missing ? "an archived audience" : "…");
  return (
    <>
      <WordPopover
        wordId="funnel/who"
        look={missing ? "wrong" : audienceId === undefined ? "plain" : "name"}
        label={audienceId === undefined ? people : named}
        title="Who is counted"
        popoverClassName="w-80"
        onClear={() => edit((now) => changeRest(now, { audienceId: undefined }))}
      >
        {(opened) => (
          <Picker
            noun="choices"
            options={[{ key: everyone, value: everyone, label: "everyone" }, ...audienceOptions(audiences ?? [])]}
            loading={audiences === undefined}
            current={audienceId ?? everyone}
            onChoose={(id) => {
              edit((now) => changeRest(now, { audienceId: id === everyone ? undefined : id }));
              opened.close();
            }}
            onLeave={opened.leave}
            footer={
              <div className="flex-none border-t border-line px-3 py-1">
                <Checkbox
                  checked={includeAnonymous}
                  label="Also visitors without a user id"
                  onChange={(include) => edit((now) => changeRest(now, { includeAnonymous: include || undefined }))}
                />
              </div>
            }
          />
        )}
      </WordPopover>
      {definition && (
        <span className="text-ink-3">
          who meet {formatNoun(definition.root.kind === "all" ? definition.root.conditions.length : 1, "condition")}{" "}
          <TextLink onClick={() => edit((now) => changeRest(now, { definition: undefined }))}>Remove</TextLink>
        </span>
      )}
    </>
  );
}
