"use client";

import { Link2 } from "lucide-react";
import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { formatDate, formatMinute, formatNoun } from "@/client/format";
import { useCreateMembersLink } from "@/client/queries/members-links";
import { useTimeZone } from "@/client/queries/workspace";
import { Button } from "../ui/button";
import { CopyButton, copyText } from "../ui/copy-button";
import { Field, Problem } from "../ui/field";
import { Input, Select } from "../ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";
import { chosenColumns } from "./chosen-columns";

const anHour = 3_600;
const lengths = [
  { seconds: anHour, words: "1 hour" },
  { seconds: 24 * anHour, words: "1 day" },
  { seconds: 7 * 24 * anHour, words: "7 days" },
  { seconds: 30 * 24 * anHour, words: "30 days" },
];

/** A link to the file of an audience's people, for somebody who has no account, until it expires. */
export function LinkButton({ audienceId }: { audienceId: string }) {
  const timeZone = useTimeZone();
  const [columns] = chosenColumns.use();
  const [seconds, setSeconds] = useState(24 * anHour);
  const [isCopied, setCopied] = useState(false);
  const create = useCreateMembersLink();
  const made = create.data;
  const copy = () =>
    create.mutate(
      { audienceId, columns: [...columns], expiresIn: seconds },
      // A browser that does not let it be copied by then still shows it.
      { onSuccess: ({ url }) => void copyText(url).then(setCopied, () => setCopied(false)) },
    );
  return (
    <Popover
      onOpenChange={() => {
        create.reset();
        setCopied(false);
      }}
    >
      <PopoverTrigger asChild>
        <Button>
          <Link2 aria-hidden />
          Copy a link…
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="A link that expires">
        <div className="grid gap-3 p-3">
          <div>
            <h2 className="font-head">A link that expires</h2>
            <p className="text-12 text-ink-3">
              Whoever has it can download the CSV of who is in when they open it, without an account. Its{" "}
              {formatNoun(columns.length, "column")} are those chosen under Export.
            </p>
          </div>
          <Field label="It works for">
            <Select value={seconds} onChange={({ target }) => setSeconds(Number(target.value))}>
              {lengths.map((length) => (
                <option key={length.seconds} value={length.seconds}>
                  {length.words}
                </option>
              ))}
            </Select>
          </Field>
          {create.isError && <Problem>{messageOf(create.error)}</Problem>}
          {made && (
            <div className="grid gap-1">
              <div className="flex items-center gap-1">
                <Input aria-label="The link" readOnly value={made.url} onFocus={({ target }) => target.select()} />
                <CopyButton text={made.url} label="Copy the link" />
              </div>
              <p role="status" className="text-12 text-ink-2">
                {isCopied ? "Copied. " : ""}It works until {formatDate(made.expiresAt, timeZone)}{" "}
                {formatMinute(made.expiresAt, timeZone)}, and is not shown again. Revoke it under Files.
              </p>
            </div>
          )}
        </div>
        <div className="flex justify-end border-t border-line px-3 py-2.5">
          <Button look="primary" disabled={create.isPending} onClick={copy}>
            {made ? "Copy another link" : "Copy link"}
          </Button>
        </div>
      </PopoverContent>
    </Popover>
  );
}
