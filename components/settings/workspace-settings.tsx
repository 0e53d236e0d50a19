"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, messageOf } from "@/client/api-error";
import { useUpdateWorkspace, workspaceQuery } from "@/client/queries/workspace";
import { type Workspace, environment as workspaceEnvironment } from "@/core/api/workspace";
import { environmentNames } from "../shell/environment";
import { Button } from "../ui/button";
import { Fetched } from "../ui/fetched";
import { Field, Problem } from "../ui/field";
import { Input, Select } from "../ui/input";
import { ListSkeleton } from "../ui/skeleton";
import { notify } from "../ui/toast";
import { RemoveWorkspace } from "./remove-workspace";
import { SettingsSection } from "./settings-section";
import { TimeZonePicker } from "./time-zone-picker";

export function WorkspaceSettings() {
  const workspace = useQuery(workspaceQuery);
  return (
    <SettingsSection title="Workspace" lead="Days begin and end in its time zone, in charts and in definitions alike.">
      <Fetched query={workspace} what="The workspace" loading={<ListSkeleton rows={2} label="Loading the workspace" />}>
        {(data) => (
          <div className="grid justify-items-start gap-5">
            <WorkspaceForm key={data.id} workspace={data} />
            <RemoveWorkspace workspace={data} />
          </div>
        )}
      </Fetched>
    </SettingsSection>
  );
}

function WorkspaceForm({ workspace }: { workspace: Workspace }) {
  const [name, setName] = useState(workspace.name);
  const [timeZone, setTimeZone] = useState(workspace.timeZone);
  const [environment, setEnvironment] = useState(workspace.environment);
  const update = useUpdateWorkspace();
  const at = update.error instanceof ApiError ? update.error.path : undefined;
  const changed =
    name.trim() !== workspace.name || timeZone !== workspace.timeZone || environment !== workspace.environment;
  return (
    <form
      className="grid w-full max-w-sm gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate(
          { name: name.trim(), timeZone, environment },
          { onSuccess: (saved) => notify(`Saved: ${saved.name}, ${saved.timeZone}.`) },
        );
      }}
    >
      <Field label="Name" error={at === "name" && messageOf(update.error)}>
        <Input value={name} onChange={(event) => setName(event.target.value)} required maxLength={200} />
      </Field>
      <TimeZonePicker value={timeZone} onChange={setTimeZone} />
      <Field label="What it is for">
        <Select
          value={environment}
          onChange={(event) => setEnvironment(workspaceEnvironment.parse(event.target.value))}
        >
          {workspaceEnvironment.options.map((option) => (
            <option key={option} value={option}>
              {environmentNames[option]}
            </option>
          ))}
        </Select>
      </Field>
      {update.isError && at !== "name" && <Problem>{messageOf(update.error)}</Problem>}
      <div className="flex items-center gap-2">
        <Button type="submit" look="primary" disabled={!changed || update.isPending}>
          Save workspace
        </Button>
        {!changed && <span className="text-12 text-ink-3">Nothing is changed.</span>}
      </div>
    </form>
  );
}
