"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { messageOf } from "@/client/api-error";
import { identityRulesQuery, useUpdateIdentityRules } from "@/client/queries/identity";
import type { IdentityRules } from "@/core/identity/rules";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Fetched } from "../ui/fetched";
import { Field, Problem } from "../ui/field";
import { Input, TextArea } from "../ui/input";
import { ListSkeleton } from "../ui/skeleton";
import { notify } from "../ui/toast";
import { SettingsSection } from "./settings-section";

/** What identifies people in the workspace. */
export function IdentitySettings() {
  const rules = useQuery(identityRulesQuery);
  return (
    <SettingsSection
      title="Identity"
      lead="What makes two messages one person's, beside the user id and the anonymous id. It holds for what comes in from now on."
    >
      <Fetched query={rules} what="The rules" loading={<ListSkeleton rows={4} label="Loading the rules" />}>
        {(stored) => <RulesForm stored={stored} />}
      </Fetched>
    </SettingsSection>
  );
}

const limitWords = { anonymous: "Anonymous ids", email: "Emails", external: "External ids" } as const;
const limitNames = ["anonymous", "email", "external"] as const;

function linesOf(text: string): string[] {
  return [...new Set(text.split("\n").map((line) => line.trim()))].filter((line) => line !== "");
}

function RulesForm({ stored }: { stored: IdentityRules }) {
  const update = useUpdateIdentityRules();
  const [blocked, setBlocked] = useState(stored.blocked.join("\n"));
  const [email, setEmail] = useState(stored.email);
  const [external, setExternal] = useState(stored.external.join("\n"));
  const [limits, setLimits] = useState(stored.limits);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const rules = { blocked: linesOf(blocked), email, external: linesOf(external), limits };
    update.mutate(rules, { onSuccess: () => notify("The rules hold from now on.") });
  };
  return (
    <form onSubmit={save} className="grid max-w-md gap-4">
      <Checkbox label="An identify's email identifies its person" checked={email} onChange={setEmail} />
      <Field label="External ids that identify" hint="Types of context.externalIds, one a line, such as phone.">
        <TextArea value={external} onChange={(event) => setExternal(event.target.value)} className="min-h-16" />
      </Field>
      <Field label="Ids that are nobody's" hint="One a line, in any case. Who sends one has sent no id.">
        <TextArea value={blocked} onChange={(event) => setBlocked(event.target.value)} />
      </Field>
      <fieldset className="grid grid-cols-3 gap-3 max-desk:grid-cols-1">
        <legend className="pb-1 text-12 text-ink-2">Most of one person; empty for any number</legend>
        {limitNames.map((name) => (
          <Field key={name} label={limitWords[name]}>
            <Input
              type="number"
              min={1}
              max={100_000}
              value={limits[name] ?? ""}
              onChange={({ target }) =>
                setLimits({ ...limits, [name]: target.value === "" ? null : target.valueAsNumber })
              }
            />
          </Field>
        ))}
      </fieldset>
      {update.isError && <Problem>{messageOf(update.error)}</Problem>}
      <div>
        <Button type="submit" disabled={update.isPending}>
          Save the rules
        </Button>
      </div>
    </form>
  );
}
