"use client";

import { Tag, Users, X } from "lucide-react";
import type { DraftBreakdown, FunnelDraft } from "@/client/funnel-draft/draft";
import { draftStepName } from "@/client/funnel-draft/step-words";
import type { AudienceWithCount } from "@/core/api/audiences";
import type { SeenEvent } from "@/core/api/catalogue";
import { useBuilder } from "../audience-builder/builder-context";
import { traitOptions, unseenTrait } from "../audience-builder/options";
import { Picker, type PickerOption } from "../audience-builder/picker";
import { propertiesOf } from "../audience-builder/properties-of";
import { WordPopover } from "../audience-builder/word-popover";
import type { FunnelEditing } from "./use-funnel-draft";

const wordId = "funnel/split";

/** "split by plan", "split by step_name of Onboarding Step Completed", "split by being in Stuck"; a word that adds it. */
export function SplitWords({ editing: { draft, edit } }: { editing: FunnelEditing }) {
  const { traits, events, audiences } = useBuilder();
  const { breakdown } = draft;
  const set = (next: DraftBreakdown | null) => edit((now) => ({ ...now, breakdown: next }));
  const missing =
    breakdown?.kind === "audience" && audiences && !audiences.some(({ id }) => id === breakdown.audienceId);
  return (
    <>
      {breakdown && <span>split by</span>}
      <WordPopover
        wordId={wordId}
        look={breakdown === null ? "add" : missing ? "wrong" : "name"}
        label={breakdown === null ? "+ split" : labelOf(breakdown, draft, audiences)}
        title="What people are split by"
        onClear={() => set(null)}
      >
        {(opened) => (
          <Picker
            noun="ways to split"
            options={[
              ...(breakdown ? [nothing] : []),
              ...traitOptions(traits ?? [])
                .filter(({ value }) => !value.trait.startsWith("$"))
                .map(({ value, ...option }): PickerOption<DraftBreakdown | null> => {
                  const trait: DraftBreakdown = { kind: "trait", trait: value.trait };
                  return { ...option, key: keyOf(trait), value: trait, kind: "trait" };
                }),
              ...propertyOptions(draft, events ?? []),
              ...(audiences ?? []).map(({ id, name, count }): PickerOption<DraftBreakdown | null> => {
                const audience: DraftBreakdown = { kind: "audience", audienceId: id };
                const about = { kind: "in it, or not", icon: Users, people: count };
                return { ...about, key: keyOf(audience), value: audience, label: name };
              }),
            ]}
            loading={traits === undefined || events === undefined}
            current={breakdown ? keyOf(breakdown) : undefined}
            typed={(text): PickerOption<DraftBreakdown | null> => {
              return { ...unseenTrait(text), value: { kind: "trait", trait: text } };
            }}
            onChoose={(chosen) => {
              set(chosen);
              opened.close();
            }}
            onLeave={opened.leave}
          />
        )}
      </WordPopover>
    </>
  );
}

const nothing: PickerOption<DraftBreakdown | null> = { key: "nothing", value: null, label: "nothing", icon: X };

function keyOf(breakdown: DraftBreakdown): string {
  switch (breakdown.kind) {
    case "trait":
      return `trait ${breakdown.trait}`;
    case "property":
      return `property ${breakdown.step} ${breakdown.property}`;
    case "audience":
      return `audience ${breakdown.audienceId}`;
  }
}

function labelOf(
  breakdown: DraftBreakdown,
  draft: FunnelDraft,
  audiences: readonly AudienceWithCount[] | undefined,
): string {
  switch (breakdown.kind) {
    case "trait":
      return breakdown.trait;
    case "property":
      return `${breakdown.property} of ${draftStepName(draft, breakdown.step)}`;
    case "audience": {
      const name = audiences?.find(({ id }) => id === breakdown.audienceId)?.name;
      return name ? `being in ${name}` : audiences ? "being in an archived audience" : "…";
    }
  }
}

/** The properties of each step's event, of the first step first. */
function propertyOptions(draft: FunnelDraft, events: readonly SeenEvent[]): PickerOption<DraftBreakdown | null>[] {
  return draft.rows
    .filter(({ choice }) => choice.kind !== "unchosen")
    .flatMap((row) =>
      propertiesOf(row, events).map(({ name }): PickerOption<DraftBreakdown | null> => {
        const value: DraftBreakdown = { kind: "property", property: name, step: row.id };
        return { key: keyOf(value), value, label: name, kind: `of ${draftStepName(draft, row.id)}`, icon: Tag };
      }),
    );
}
