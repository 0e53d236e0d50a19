"use client";

import { useQuery } from "@tanstack/react-query";
import { Tag } from "lucide-react";
import { type FormEvent, useState } from "react";
import { messageOf } from "@/client/api-error";
import { audienceNamesQuery, useUpdateAudience } from "@/client/queries/audiences";
import type { Audience } from "@/core/api/audiences";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";
import { tagsOf } from "./tags-of";

/** Files an audience under tags: those that others have, and new ones; each change is saved at once. */
export function TagEditor({ audience }: { audience: Audience }) {
  const others = useQuery(audienceNamesQuery).data ?? [];
  const update = useUpdateAudience();
  const [name, setName] = useState("");
  const known = new Set([...audience.tags, ...tagsOf(others).map((tag) => tag.name)]);
  const add = (event: FormEvent) => {
    event.preventDefault();
    const tag = name.trim();
    if (tag === "") return;
    if (audience.tags.includes(tag)) setName("");
    else update.mutate({ id: audience.id, tags: [...audience.tags, tag] }, { onSuccess: () => setName("") });
  };
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button look="quiet">
          <Tag aria-hidden />
          Tags
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label="Tags of the audience" className="w-64">
        <form onSubmit={add} className="flex items-end gap-2 p-3">
          <Field label="New tag" error={update.isError && messageOf(update.error)} className="min-w-0 flex-1">
            <Input value={name} maxLength={50} onChange={(event) => setName(event.target.value)} />
          </Field>
          <Button type="submit" disabled={update.isPending}>
            Add
          </Button>
        </form>
        {known.size > 0 && (
          <fieldset className="max-h-64 overflow-y-auto border-t border-line px-3 py-2">
            <legend className="sr-only">Tags</legend>
            {[...known].map((tag) => (
              <Checkbox
                key={tag}
                label={<span className="block truncate">{tag}</span>}
                checked={audience.tags.includes(tag)}
                disabled={update.isPending}
                onChange={(on) =>
                  update.mutate({
                    id: audience.id,
                    tags: on ? [...audience.tags, tag] : audience.tags.filter((other) => other !== tag),
                  })
                }
              />
            ))}
          </fieldset>
        )}
      </PopoverContent>
    </Popover>
  );
}
