"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import type { AudienceDraft } from "@/client/audience-draft/draft";
import { fromDefinition } from "@/client/audience-draft/from-definition";
import type { Starter } from "@/client/audience-draft/starters";
import { audiencesQuery } from "@/client/queries/audiences";
import { accountTraitsQuery, eventsQuery, traitsQuery } from "@/client/queries/catalogue";
import { useTimeZone } from "@/client/queries/workspace";
import type { AudienceWithCount } from "@/core/api/audiences";
import { TextMenu } from "../definition-text/text-menu";
import { useKeyList, useShortcut } from "../shell/keys";
import { Page } from "../shell/page";
import { Badge } from "../ui/badge";
import { type Builder, BuilderProvider } from "./builder-context";
import { builderKeys } from "./builder-keys";
import { ConditionList } from "./condition-list";
import { CountPanel } from "./count-panel";
import { definitionsOfRows } from "./definitions-of-rows";
import { HistoryButtons } from "./history-buttons";
import { NoDataYet } from "./no-data-yet";
import { PeopleDialog, type ShownPeople } from "./people-dialog";
import { SaveBar } from "./save-bar";
import { StarterList, useStarters } from "./starter-list";
import { useDraft } from "./use-draft";
import { useFocusRequest } from "./use-focus-request";
import { useOpenWord } from "./use-open-word";
import { usePreview } from "./use-preview";
import { useRowFacts } from "./use-row-facts";
import { useSaving } from "./use-saving";
import { useWindowKeys } from "./use-window-keys";

interface AudienceBuilderProps {
  /** The saved audience; null for a new one. */
  audience: AudienceWithCount | null;
  saved: AudienceDraft;
  /** Begun from as soon as it is known. */
  starterId?: string | null;
  onStarterBegun?: () => void;
}

/** Sentences at the left, the answer at the right, what saving does at the bottom. */
export function AudienceBuilder({ audience, saved, starterId = null, onStarterBegun }: AudienceBuilderProps) {
  const audienceId = audience?.id ?? null;
  const draft = useDraft({ audienceId, name: audience?.name ?? "", version: audience?.version ?? 0, saved });
  const preview = usePreview(draft.draft);
  const events = useQuery(eventsQuery).data;
  const traits = useQuery(traitsQuery).data;
  const accountTraits = useQuery(accountTraitsQuery).data;
  const live = useQuery(audiencesQuery({ archived: false })).data;
  const audiences = useMemo(() => live?.filter(({ id }) => id !== audienceId), [live, audienceId]);
  const timeZone = useTimeZone();
  const { open, setOpen, isAnyOpen } = useOpenWord();
  const [shown, setShown] = useState<ShownPeople | null>(null);
  const focus = useFocusRequest();
  const facts = useRowFacts(preview);
  const starters = useStarters(events, traits);
  const nameField = useRef<HTMLInputElement>(null);
  const saving = useSaving({ audience, draft, preview, nameField });

  useKeyList("Audience builder", builderKeys);
  useShortcut("/", () => setOpen("add"));
  useWindowKeys({ undo: draft.undo, redo: draft.redo, save: saving.save });

  const begin = (starter: Starter) => {
    const begun = fromDefinition(starter.definition);
    draft.edit((now) => ({ ...begun, nextId: Math.max(begun.nextId, now.nextId) }));
    if (draft.name === "") draft.setName(starter.name);
  };
  const wanted = useRef(starterId);
  useEffect(() => {
    const starter = starters?.find(({ id }) => id === wanted.current);
    if (!starters || wanted.current === null) return;
    wanted.current = null;
    if (starter) begin(starter);
    onStarterBegun?.();
  });

  const { compiled, answered, stale } = preview;
  const builder: Builder = {
    draft: draft.draft,
    edit: draft.edit,
    events,
    traits,
    accountTraits,
    audiences,
    timeZone,
    unfinished: compiled.unfinished,
    ...facts,
    stale,
    open,
    setOpen,
    isAnyOpen,
    focus,
    showPeople: (title, definition) => setShown({ title, definition }),
    ...definitionsOfRows(draft.draft, compiled),
  };
  const empty = draft.draft.rows.length === 0;
  const nothingSeen = events?.length === 0 && traits?.length === 0;
  return (
    <BuilderProvider value={builder}>
      <Page
        bare
        title={audience?.name ?? (draft.name.trim() || "New audience")}
        crumbs={[{ label: "Audiences", href: "/audiences" }]}
        aside={
          draft.changed && (
            <Badge>
              Draft
              {audience && <span className="max-desk:hidden">of version {draft.base}</span>}
            </Badge>
          )
        }
        actions={
          <>
            <TextMenu
              definition={compiled.definition}
              paste={{
                self: audienceId,
                onPaste: (definition) => {
                  const pasted = fromDefinition(definition);
                  draft.edit((now) => ({ ...pasted, nextId: Math.max(pasted.nextId, now.nextId) }));
                },
              }}
            />
            <HistoryButtons draft={draft} />
          </>
        }
      >
        <div className="grid grid-cols-[minmax(0,1fr)_var(--panel-w)] items-start [--joiner:44px] max-wide:grid-cols-[minmax(0,1fr)_280px] max-desk:flex max-desk:flex-col max-desk:[--joiner:44px]">
          <div className="min-w-0 max-desk:order-2 max-desk:w-full">
            <ConditionList candidates={answered?.preview.candidates}>
              {empty && nothingSeen && <NoDataYet />}
              {empty && !nothingSeen && starters && starters.length > 0 && (
                <StarterList starters={starters} timeZone={timeZone} onChoose={begin} />
              )}
            </ConditionList>
          </div>
          <CountPanel preview={preview} audience={audience} changed={draft.changed} />
        </div>
        {draft.changed && (
          <SaveBar
            audience={audience}
            name={draft.name}
            onName={draft.setName}
            nameField={nameField}
            note={saving.note}
            onNote={saving.setNote}
            definition={preview.definition}
            preview={stale ? undefined : answered?.preview}
            reason={saving.reason}
            saving={saving.saving}
            error={saving.error}
            onSave={saving.save}
            onDiscard={draft.discard}
          />
        )}
      </Page>
      <PeopleDialog shown={shown} timeZone={timeZone} onClose={() => setShown(null)} />
    </BuilderProvider>
  );
}
