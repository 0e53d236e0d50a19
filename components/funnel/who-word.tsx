"use client";

import { User, Users } from "lucide-react";
import { formatNoun } from "@/client/format";
import type { FunnelDraft } from "@/client/funnel-draft/draft";
import { changeRest } from "@/client/funnel-draft/edits";
import type { AudienceWithCount } from "@/core/api/audiences";
import { useBuilder } from "../audience-builder/builder-context";
import { audienceOptions } from "../audience-builder/options";
import { Picker } from "../audience-builder/picker";
import { WordPopover } from "../audience-builder/word-popover";
import { TextLink } from "../ui/text-link";
import type { FunnelEditing } from "./use-funnel-draft";

const known = "known people";
const everyone = "everyone, anonymous visitors too";
const general = [
  { key: known, value: known, label: known, icon: User },
  { key: everyone, value: everyone, label: everyone, icon: Users },
];

/** Who is counted: everybody who is known, visitors too, or the people of an audience. */
export function WhoWord({ editing: { draft, edit } }: { editing: FunnelEditing }) {
  const { audiences } = useBuilder();
  const { audienceId, definition, includeAnonymous = false } = draft.rest;
  const audience = audiences?.find(({ id }) => id === audienceId);
  const missing = audienceId !== undefined && audiences !== undefined && !audience;
  const people = includeAnonymous ? everyone : known;
  const named = audience?.name ?? (missing ? "an archived audience" : "…");
  return (
    <>
      <WordPopover
        wordId="funnel/who"
        look={missing ? "wrong" : audienceId === undefined ? "plain" : "name"}
        label={audienceId === undefined ? people : named}
        title="Who is counted"
        popoverClassName="w-80"
        onClear={() => edit((now) => changeRest(now, whoOf(known, [])))}
      >
        {(opened) => (
          <Picker
            noun="choices"
            options={[...general, ...audienceOptions(audiences ?? [])]}
            loading={audiences === undefined}
            current={audienceId ?? people}
            onChoose={(chosen) => {
              edit((now) => changeRest(now, whoOf(chosen, audiences ?? [])));
              opened.close();
            }}
            onLeave={opened.leave}
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

/** All people of an audience are counted: the anonymous ones as well where it has them. */
function whoOf(chosen: string, audiences: readonly AudienceWithCount[]): Partial<FunnelDraft["rest"]> {
  if (chosen === known) return { audienceId: undefined, includeAnonymous: undefined };
  if (chosen === everyone) return { audienceId: undefined, includeAnonymous: true };
  const audience = audiences.find(({ id }) => id === chosen);
  return { audienceId: chosen, includeAnonymous: audience?.definition.includeAnonymous || undefined };
}
