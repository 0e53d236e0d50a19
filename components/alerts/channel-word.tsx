"use client";

import { useQuery } from "@tanstack/react-query";
import { addressesOf, type ChannelDraft, isUnfinished } from "@/client/alert-draft";
import { destinationsQuery } from "@/client/queries/destinations";
import { tellingTools } from "@/core/alerts/channel";
import type { AlertChannel } from "@/core/api/alerts";
import { Field } from "../ui/field";
import { Input, Select, TextArea } from "../ui/input";
import { WordBox, WordForm } from "./word-box";

const ways = {
  email: "Email",
  slack: "Slack, by an incoming webhook",
  webhook: "A webhook of your own",
  destination: "A destination that is connected",
} as const satisfies Record<AlertChannel["via"], string>;

interface ChannelWordProps {
  wordId: string;
  draft: ChannelDraft;
  /** As it is saved: then secrets are kept unless others are typed. */
  saved: AlertChannel | undefined;
  onChange: (draft: ChannelDraft) => void;
}

/** Who is told, and how. */
export function ChannelWord({ wordId, draft, saved, onChange }: ChannelWordProps) {
  const destinations = (useQuery({ ...destinationsQuery, enabled: draft.via === "destination" }).data ?? []).filter(
    ({ tool }) => tellingTools.includes(tool),
  );
  const known = saved?.via === "destination" && saved.destinationId === draft.destinationId ? saved.name : undefined;
  const name = destinations.find(({ id }) => id === draft.destinationId)?.name ?? known;
  const isKept = saved?.via === draft.via;
  const set = (change: Partial<ChannelDraft>) => onChange({ ...draft, ...change });
  return (
    <WordBox
      wordId={wordId}
      label={channelWords(draft, name)}
      look={isUnfinished(draft) ? "empty" : "name"}
      title="Who is told"
      className="w-96"
    >
      {(close) => (
        <WordForm close={close}>
          <Field label="By">
            <Select
              value={draft.via}
              onChange={({ target }) => {
                const via = (["email", "slack", "webhook", "destination"] as const).find((one) => one === target.value);
                if (via !== undefined) set({ via });
              }}
            >
              {Object.entries(ways).map(([via, label]) => (
                <option key={via} value={via}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
          {draft.via === "email" && (
            <Field label="Addresses" hint="Several with commas between. Each sees the others.">
              <TextArea
                className="min-h-16"
                spellCheck={false}
                placeholder="anna@example.com, ben@example.com"
                value={draft.to}
                onChange={(event) => set({ to: event.target.value })}
              />
            </Field>
          )}
          {draft.via === "slack" && (
            <>
              <Field label="Channel" hint="What it is called here; the address below decides where it goes.">
                <Input
                  placeholder="#growth"
                  value={draft.channel}
                  onChange={(event) => set({ channel: event.target.value })}
                />
              </Field>
              <SecretField
                label="Address of the incoming webhook"
                hint="Slack gives one for each channel. It is kept encrypted and not shown again."
                isKept={isKept}
                value={draft.webhookUrl}
                onChange={(webhookUrl) => set({ webhookUrl })}
              />
            </>
          )}
          {draft.via === "webhook" && (
            <>
              <Field label="Address" hint="Gets signed JSON by POST.">
                <Input
                  type="url"
                  placeholder="https://example.com/hooks/foothold"
                  value={draft.url}
                  onChange={(event) => set({ url: event.target.value })}
                />
              </Field>
              <SecretField
                label="Signing secret"
                hint="Shared with the receiver. At least 16 characters; kept encrypted and not shown again."
                isKept={isKept}
                value={draft.secret}
                onChange={(secret) => set({ secret })}
              />
            </>
          )}
          {draft.via === "destination" && (
            <Field
              label="Destination"
              hint={destinations.length === 0 ? "None of the tools Slack and Webhook is connected yet." : undefined}
            >
              <Select value={draft.destinationId} onChange={(event) => set({ destinationId: event.target.value })}>
                <option value="">Choose one</option>
                {destinations.map((destination) => (
                  <option key={destination.id} value={destination.id}>
                    {destination.name}
                  </option>
                ))}
              </Select>
            </Field>
          )}
        </WordForm>
      )}
    </WordBox>
  );
}

interface SecretFieldProps {
  label: string;
  hint: string;
  isKept: boolean;
  value: string;
  onChange: (value: string) => void;
}

function SecretField({ label, hint, isKept, value, onChange }: SecretFieldProps) {
  return (
    <Field label={label} hint={hint}>
      <Input
        type="password"
        autoComplete="new-password"
        spellCheck={false}
        placeholder={isKept ? "Kept; type to replace it" : ""}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

function channelWords(draft: ChannelDraft, name: string | null | undefined): string {
  if (isUnfinished(draft)) return "somebody";
  switch (draft.via) {
    case "email": {
      const [first = "", ...others] = addressesOf(draft.to);
      return others.length === 0 ? first : `${first} and ${others.length} more`;
    }
    case "slack":
      return `${draft.channel} on Slack`;
    case "webhook":
      return URL.canParse(draft.url) ? `the webhook at ${new URL(draft.url).host}` : "a webhook";
    case "destination":
      return name ?? "a destination that was removed";
  }
}
