"use client";

import { useState } from "react";
import { ApiError, messageOf } from "@/client/api-error";
import { fieldsOf, settingsOf, valuesOf } from "@/client/destination-fields";
import { useTestSettings } from "@/client/queries/destinations";
import type { Destination, NewDestination } from "@/core/api/destinations";
import { type FieldMapping, identifierKinds, type Tool } from "@/core/destinations/tool";
import { Button } from "../ui/button";
import { Field, Problem } from "../ui/field";
import { Input, Select } from "../ui/input";
import { identifierNames } from "./identifier-names";
import { MappingEditor } from "./mapping-editor";
import { SchemaFields } from "./schema-fields";

interface DestinationFormProps {
  tool: Tool;
  /** The one that is changed; undefined for a new one. */
  destination?: Destination;
  isSaving: boolean;
  error: Error | null;
  onSave: (body: NewDestination) => void;
}

/** What connects a tool: its settings, who people are there, and what is sent of them; tried before it is kept. */
export function DestinationForm({ tool, destination, isSaving, error, onSave }: DestinationFormProps) {
  const fields = fieldsOf(tool.settings);
  const [name, setName] = useState(destination?.name ?? tool.name);
  const [values, setValues] = useState(() => valuesOf(fields, destination?.settings));
  const [identifier, setIdentifier] = useState(destination?.identifier ?? tool.identifiers[0]);
  const [mapping, setMapping] = useState<FieldMapping>(destination?.mapping ?? [...tool.mapping]);
  const testing = useTestSettings();
  const settings = settingsOf(fields, values);
  const path = error instanceof ApiError ? error.path : undefined;
  const problem = path?.startsWith("settings.")
    ? { name: path.split(/[.[]/)[1] ?? "", message: messageOf(error) }
    : undefined;
  return (
    <form
      className="grid max-w-xl grid-cols-[minmax(0,1fr)] gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const filled = mapping.filter(({ from, to }) => from.trim() !== "" || to.trim() !== "");
        onSave({ tool: tool.id, name, settings, identifier, mapping: filled });
      }}
    >
      <Field label="Name">
        <Input
          required
          maxLength={200}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <SchemaFields
        fields={fields}
        values={values}
        isKept={destination !== undefined}
        problem={problem}
        onChange={(field, value) => setValues((before) => ({ ...before, [field]: value }))}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <Button
          disabled={testing.isPending}
          onClick={() =>
            testing.mutate({ tool: tool.id, settings, ...(destination && { destinationId: destination.id }) })
          }
        >
          {testing.isPending ? "Testing" : "Test the connection"}
        </Button>
        {testing.isError && <Problem>{messageOf(testing.error)}</Problem>}
        {testing.data && !testing.data.ok && <Problem>{testing.data.message}</Problem>}
        {testing.data?.ok && (
          <p role="status" className="text-in">
            {testing.data.message}
          </p>
        )}
      </div>
      <Field label="People are named by" hint="Whoever has none is left out, and listed as such in the deliveries.">
        <Select
          value={identifier}
          onChange={({ target }) => {
            const chosen = identifierKinds.find((kind) => kind === target.value);
            if (chosen) setIdentifier(chosen);
          }}
        >
          {tool.identifiers.map((kind) => (
            <option key={kind} value={kind}>
              {identifierNames[kind]}
            </option>
          ))}
        </Select>
      </Field>
      <MappingEditor mapping={mapping} onChange={setMapping} />
      {error && problem === undefined && <Problem>{messageOf(error)}</Problem>}
      <div>
        <Button look="primary" type="submit" disabled={isSaving}>
          {destination ? "Save changes" : `Connect ${tool.name}`}
        </Button>
      </div>
    </form>
  );
}
