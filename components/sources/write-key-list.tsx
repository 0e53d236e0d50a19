"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { formatMoment } from "@/client/format";
import { type SourceWithFigures, useRevokeKey, useRotateKey } from "@/client/queries/sources";
import { workspaceQuery } from "@/client/queries/workspace";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { Dialog, DialogTrigger } from "../ui/dialog";
import { Field, Problem } from "../ui/field";
import { FormDialogContent } from "../ui/form-dialog";
import { Select } from "../ui/input";

const overlaps = [
  { minutes: 0, label: "At once" },
  { minutes: 60, label: "In an hour" },
  { minutes: 24 * 60, label: "In a day" },
  { minutes: 7 * 24 * 60, label: "In a week" },
  { minutes: 30 * 24 * 60, label: "In 30 days" },
];

/** The keys that open a source: the one to use, and those that it replaces with the time of their end. */
export function WriteKeyList({ source }: { source: SourceWithFigures }) {
  const timeZone = useQuery(workspaceQuery).data?.timeZone ?? "UTC";
  const revoke = useRevokeKey();
  return (
    <section aria-label="Write key">
      <h2 className="pb-1 font-head">Write key</h2>
      <ul className="grid gap-1">
        {source.keys.map(({ key, endsAt }) => (
          <li key={key} className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <code className="min-w-0 truncate rounded-2 bg-sunken px-2 py-1 font-mono text-12">{key}</code>
            <CopyButton text={key} label={endsAt === null ? "Copy the write key" : "Copy the replaced key"} />
            {endsAt !== null && (
              <>
                <span className="text-12 text-ink-3">works until {formatMoment(endsAt, timeZone)}</span>
                <Button
                  look="quiet"
                  disabled={revoke.isPending}
                  onClick={() => revoke.mutate({ id: source.id, key })}
                  aria-label={`Revoke ${key} now`}
                >
                  Revoke now
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {revoke.isError && <Problem>{messageOf(revoke.error)}</Problem>}
      <p className="pt-1 pb-2 text-12 text-ink-3">
        It lets messages in and reads nothing, so it may stand in a web page.
      </p>
      <ReplaceKey id={source.id} />
    </section>
  );
}

function ReplaceKey({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  const rotate = useRotateKey();
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>Replace the key</Button>
      </DialogTrigger>
      <FormDialogContent
        title="Replace the key"
        description="A new key is made. The one of now goes on working for a while, until every sender has the new one."
        action="Make a new key"
        pending={rotate.isPending}
        onSubmit={(data) =>
          rotate.mutate({ id, overlapMinutes: Number(data.get("overlap")) }, { onSuccess: () => setOpen(false) })
        }
      >
        <Field label="The key of now stops working" error={rotate.isError && messageOf(rotate.error)}>
          <Select name="overlap" defaultValue={24 * 60}>
            {overlaps.map(({ minutes, label }) => (
              <option key={minutes} value={minutes}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
      </FormDialogContent>
    </Dialog>
  );
}
