"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { messageOf } from "@/client/api-error";
import { formatNoun } from "@/client/format";
import { destinationsQuery } from "@/client/queries/destinations";
import { useTimeZone } from "@/client/queries/workspace";
import type { NewSchedule, Schedule } from "@/core/api/schedules";
import { toolOf } from "@/core/destinations/tools";
import { type FileFormat, fileFormats } from "@/core/files/format";
import type { FileTiming } from "@/core/files/timing";
import { chosenColumns, columnWords } from "../audiences/chosen-columns";
import { ColumnChooser } from "../audiences/column-chooser";
import { Button } from "../ui/button";
import { DialogActions, DialogClose } from "../ui/dialog";
import { Field, Problem } from "../ui/field";
import { Input, Select } from "../ui/input";
import { TextLink } from "../ui/text-link";
import { formatNames } from "./schedule-words";
import { TimingFields } from "./timing-fields";

type ScheduleDraft = Omit<NewSchedule, "audienceId">;

interface ScheduleFormProps {
  /** The one that is changed; undefined for a new one. */
  schedule?: Schedule | undefined;
  isSaving: boolean;
  error: Error | null;
  onSave: (draft: ScheduleDraft) => void;
}

const byEmail = "email";

/** A schedule as a sentence: what is written, when, and where it goes. */
export function ScheduleForm({ schedule, isSaving, error, onSave }: ScheduleFormProps) {
  const timeZone = useTimeZone();
  const destinations = useQuery(destinationsQuery);
  const [usual] = chosenColumns.use();
  const [format, setFormat] = useState<FileFormat>(schedule?.format ?? "csv");
  const [timing, setTiming] = useState<FileTiming>(schedule?.timing ?? { every: "day", at: "09:00" });
  const [columns, setColumns] = useState<readonly string[]>(schedule?.columns ?? usual);
  const [place, setPlace] = useState(schedule && (schedule.destination?.id ?? byEmail));
  const [emails, setEmails] = useState(schedule?.emails.join(", ") ?? "");
  const [isChoosing, setChoosing] = useState(false);
  if (destinations.isError) return <Problem>{messageOf(destinations.error)}</Problem>;
  if (destinations.data === undefined) return <p className="text-ink-3">Loading destinations</p>;
  const takers = destinations.data.filter(({ tool }) => toolOf(tool)?.takesFiles);
  const chosen = place ?? takers[0]?.id ?? byEmail;
  const save = (event: FormEvent) => {
    event.preventDefault();
    const to =
      chosen === byEmail
        ? { emails: emails.split(/[\s,;]+/).filter((address) => address !== "") }
        : { destinationId: chosen };
    onSave({ ...to, columns: [...columns], format, timing });
  };
  return (
    <form className="grid grid-cols-[minmax(0,1fr)] gap-4" onSubmit={save}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-2">
        <span>A</span>
        <Select
          aria-label="Format"
          className="w-28"
          value={format}
          onChange={({ target }) => {
            const next = fileFormats.find((one) => one === target.value);
            if (next) setFormat(next);
          }}
        >
          {fileFormats.map((one) => (
            <option key={one} value={one}>
              {formatNames[one]}
            </option>
          ))}
        </Select>
        <span>file of everybody who is in,</span>
        <TimingFields timing={timing} onChange={setTiming} />
        <span>to</span>
        <Select aria-label="Where to" className="w-52" value={chosen} onChange={({ target }) => setPlace(target.value)}>
          {takers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value={byEmail}>email addresses</option>
        </Select>
      </div>
      {chosen === byEmail && (
        <Field
          label="Email addresses"
          hint="Separated by commas. A file that is too large to attach is sent as a link that holds for seven days."
        >
          <Input
            required
            autoComplete="off"
            inputMode="email"
            placeholder="anna@example.com"
            value={emails}
            onChange={({ target }) => setEmails(target.value)}
          />
        </Field>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <p className="min-w-0 text-ink-2">
          {formatNoun(columns.length, "column")}:{" "}
          <span className="font-word text-ink">{columns.map(columnWords).join(", ")}</span>{" "}
          <TextLink aria-expanded={isChoosing} onClick={() => setChoosing(!isChoosing)}>
            {isChoosing ? "Done" : "Choose columns"}
          </TextLink>
        </p>
        {isChoosing && (
          <div className="rounded-4 border border-line p-3">
            <ColumnChooser columns={columns} onChange={setColumns} />
          </div>
        )}
      </div>
      <p className="text-12 text-ink-3">
        By the clock of {timeZone}. When Foothold stood still meanwhile, the file is made once it runs again.
        {takers.length === 0 && (
          <>
            {" "}
            To keep files, connect{" "}
            <TextLink asChild>
              <Link href="/destinations/new">S3 or a local folder</Link>
            </TextLink>{" "}
            first.
          </>
        )}
      </p>
      {error && <Problem>{messageOf(error)}</Problem>}
      <DialogActions>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button look="primary" type="submit" disabled={isSaving}>
          {schedule ? "Save changes" : "Set up"}
        </Button>
      </DialogActions>
    </form>
  );
}
