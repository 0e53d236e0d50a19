"use client";

import { useQuery } from "@tanstack/react-query";
import { audienceNamesQuery } from "@/client/queries/audiences";
import { messageTypes } from "@/core/event/message";
import { Checkbox } from "../ui/checkbox";
import { Field } from "../ui/field";
import { Input, Select, TextArea } from "../ui/input";
import type { ChoicesDraft } from "./choices-draft";

interface ChoicesFormProps {
  draft: ChoicesDraft;
  onChange: (draft: ChoicesDraft) => void;
}

/** Which messages are sent on, and what of them. */
export function ChoicesForm({ draft, onChange }: ChoicesFormProps) {
  const audiences = useQuery(audienceNamesQuery).data ?? [];
  const set = (change: Partial<ChoicesDraft>) => onChange({ ...draft, ...change });
  return (
    <>
      <fieldset>
        <legend className="pb-1 text-12 text-ink-2">Kinds of messages</legend>
        <div className="flex flex-wrap gap-x-5 gap-y-1.5">
          {messageTypes.map((type) => (
            <Checkbox
              key={type}
              label={type}
              checked={draft.types.includes(type)}
              onChange={(checked) =>
                set({ types: checked ? [...draft.types, type] : draft.types.filter((one) => one !== type) })
              }
            />
          ))}
        </div>
      </fieldset>
      <Field label="Events (optional)" hint="One name a line, as they are sent. Empty: all of them.">
        <TextArea
          className="min-h-16"
          spellCheck={false}
          value={draft.events}
          onChange={(event) => set({ events: event.target.value })}
        />
      </Field>
      <Field label="Fields">
        <Select
          value={draft.fields}
          onChange={({ target: { value } }) =>
            set({ fields: value === "keep" ? "keep" : value === "drop" ? "drop" : "all" })
          }
        >
          <option value="all">The whole message</option>
          <option value="keep">Only these fields</option>
          <option value="drop">All but these fields</option>
        </Select>
      </Field>
      {draft.fields !== "all" && (
        <Field
          label={draft.fields === "keep" ? "Fields that are sent" : "Fields that are not sent"}
          hint="One path a line, such as properties.plan or context.ip. properties or context alone is all of it."
        >
          <TextArea
            className="min-h-16 font-mono"
            spellCheck={false}
            value={draft.paths}
            onChange={(event) => set({ paths: event.target.value })}
          />
        </Field>
      )}
      <Field label="Only people in (optional)" hint="Who is in the audience when the message is sent.">
        <Select value={draft.audienceId} onChange={(event) => set({ audienceId: event.target.value })}>
          <option value="">Everybody</option>
          {audiences.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <div className="grid grid-cols-2 items-start gap-3">
        <Field label="Share of people, in percent" hint="Always the same people, with all that they do.">
          <Input
            inputMode="decimal"
            value={draft.samplePercent}
            onChange={(event) => set({ samplePercent: event.target.value })}
          />
        </Field>
        <Field label="Not older than, in hours (optional)" hint="Leaves out history that is imported or comes late.">
          <Input
            inputMode="decimal"
            value={draft.newerThanHours}
            onChange={(event) => set({ newerThanHours: event.target.value })}
          />
        </Field>
      </div>
    </>
  );
}
