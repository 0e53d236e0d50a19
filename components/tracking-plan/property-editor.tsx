"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { type PropertyDraft, typeChoices } from "@/client/rule-draft";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Field } from "../ui/field";
import { Input, Select, TextArea } from "../ui/input";
import { TextLink } from "../ui/text-link";

interface PropertyEditorProps {
  property: PropertyDraft;
  onChange: (property: PropertyDraft) => void;
  onRemove: () => void;
}

/** One property: its name, type and whether it is required; the rest when asked for. */
export function PropertyEditor({ property, onChange, onRemove }: PropertyEditorProps) {
  const { name, description, values, pattern, minimum, maximum, inside } = property;
  const [more, setMore] = useState([description, values, pattern, minimum, maximum].some((text) => text !== ""));
  const change = (changes: Partial<PropertyDraft>) => onChange({ ...property, ...changes });
  const shown = name || "new property";
  return (
    <div className="grid gap-2 rounded-3 bg-sunken p-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <Input
          aria-label="Name of the property"
          className="w-44 flex-1 font-mono text-12"
          value={name}
          autoComplete="off"
          onChange={({ target }) => change({ name: target.value })}
        />
        <Select
          aria-label={`Type of ${shown}`}
          className="w-44 max-desk:flex-1"
          value={property.types}
          onChange={({ target }) => change({ types: target.value })}
        >
          {typeChoices(property.types).map(({ value, words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
        <Checkbox checked={property.required} onChange={(required) => change({ required })} label="Required" />
        <TextLink aria-expanded={more} aria-label={`More of ${shown}`} onClick={() => setMore(!more)}>
          {more ? "Less" : "More"}
        </TextLink>
        <Button look="quiet" icon aria-label={`Remove ${shown}`} onClick={onRemove}>
          <Trash2 aria-hidden />
        </Button>
      </div>
      {more && (
        <div className="grid grid-cols-2 gap-2 max-desk:grid-cols-1">
          <Field label="Description" className="col-span-full">
            <Input value={description} onChange={({ target }) => change({ description: target.value })} />
          </Field>
          <Field label="Allowed values, one in each line">
            <TextArea className="min-h-16" value={values} onChange={({ target }) => change({ values: target.value })} />
          </Field>
          <div className="grid content-start gap-2">
            <Field label="Pattern of text">
              <Input
                className="font-mono text-12"
                value={pattern}
                placeholder="^[a-z]+$"
                onChange={({ target }) => change({ pattern: target.value })}
              />
            </Field>
            <div className="grid grid-cols-2 gap-2">
              <Field label="At least">
                <Input
                  type="number"
                  step="any"
                  value={minimum}
                  onChange={({ target }) => change({ minimum: target.value })}
                />
              </Field>
              <Field label="At most">
                <Input
                  type="number"
                  step="any"
                  value={maximum}
                  onChange={({ target }) => change({ maximum: target.value })}
                />
              </Field>
            </div>
          </div>
        </div>
      )}
      {(inside.properties || inside.items) && (
        <p className="text-12 text-ink-3">What lies inside it stays as it is; it is edited by way of JSON Schema.</p>
      )}
    </div>
  );
}
