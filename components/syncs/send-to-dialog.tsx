"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { type FormValues, fieldsOf, settingsOf, valuesOf } from "@/client/destination-fields";
import { audienceNamesQuery } from "@/client/queries/audiences";
import { destinationsQuery } from "@/client/queries/destinations";
import { useCreateSync } from "@/client/queries/syncs";
import type { NewSync } from "@/core/api/syncs";
import { toolOf } from "@/core/destinations/tools";
import { SchemaFields } from "../destinations/schema-fields";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Dialog, DialogActions, DialogClose, DialogContent } from "../ui/dialog";
import { Field, Problem } from "../ui/field";
import { Select } from "../ui/input";
import { TextLink } from "../ui/text-link";
import { notify } from "../ui/toast";
import { DryRunAnswer } from "./dry-run-answer";

interface SendToDialogProps {
  audience: { id: string; name: string };
  open: boolean;
  onClose: () => void;
}

/** Where to send an audience and what of it; what that would do is shown before it is done. */
export function SendToDialog({ audience, open, onClose }: SendToDialogProps) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()}>
      <DialogContent
        title={`Send ${audience.name}`}
        description="Everybody who is in it first, then each person who enters or leaves."
        className="top-[8vh] max-h-[84dvh] max-w-xl"
      >
        <SendTo audience={audience} onClose={onClose} />
      </DialogContent>
    </Dialog>
  );
}

function SendTo({ audience, onClose }: Omit<SendToDialogProps, "open">) {
  const destinations = useQuery(destinationsQuery);
  const audiences = useQuery(audienceNamesQuery).data ?? [];
  const create = useCreateSync();
  const [chosen, setChosen] = useState("");
  const [entering, setEntering] = useState(true);
  const [leaving, setLeaving] = useState(true);
  const [suppressionId, setSuppressionId] = useState("");
  const [typed, setTyped] = useState<FormValues>({});
  const [tried, setTried] = useState<NewSync | null>(null);
  const items = destinations.data ?? [];
  const destination = items.find(({ id }) => id === chosen) ?? items[0];
  const tool = destination && toolOf(destination.tool);
  const fields = tool ? fieldsOf(tool.options) : [];
  const values = { ...valuesOf(fields), ...typed };
  if (destinations.isError) return <Problem>{messageOf(destinations.error)}</Problem>;
  if (destinations.data === undefined) return <p className="text-ink-3">Loading destinations</p>;
  if (destination === undefined) {
    return (
      <p>
        There is no destination yet.{" "}
        <TextLink asChild>
          <Link href="/destinations/new">Connect a tool</Link>
        </TextLink>{" "}
        first.
      </p>
    );
  }
  const input: NewSync = {
    audienceId: audience.id,
    destinationId: destination.id,
    sendsEntering: entering,
    sendsLeaving: leaving,
    suppressionId: suppressionId === "" ? null : suppressionId,
    options: settingsOf(fields, values),
  };
  const isNothing = !entering && !leaving;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <Field label="Destination">
        <Select
          value={destination.id}
          onChange={(event) => {
            setChosen(event.target.value);
            setTyped({});
          }}
        >
          {items.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <div className="flex flex-wrap gap-x-5">
        <Checkbox label="When somebody enters" checked={entering} onChange={setEntering} />
        <Checkbox label="When somebody leaves" checked={leaving} onChange={setLeaving} />
      </div>
      <SchemaFields
        fields={fields}
        values={values}
        onChange={(name, value) => setTyped((before) => ({ ...before, [name]: value }))}
      />
      <Field label="Never send people of (optional)" hint="They leave at once when they enter this audience.">
        <Select value={suppressionId} onChange={(event) => setSuppressionId(event.target.value)}>
          <option value="">No audience</option>
          {audiences
            .filter(({ id }) => id !== audience.id)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </Select>
      </Field>
      {isNothing && <Problem>Choose entering, leaving, or both.</Problem>}
      {tried && <DryRunAnswer input={tried} />}
      {create.isError && <Problem>{messageOf(create.error)}</Problem>}
      <DialogActions>
        <DialogClose asChild>
          <Button look="quiet">Cancel</Button>
        </DialogClose>
        <Button disabled={isNothing} onClick={() => setTried(input)}>
          Dry run
        </Button>
        <Button
          look="primary"
          disabled={isNothing || create.isPending}
          onClick={() =>
            create.mutate(input, {
              onSuccess: () => {
                notify(`${audience.name} is sent to ${destination.name}.`);
                onClose();
              },
            })
          }
        >
          Start sending
        </Button>
      </DialogActions>
    </div>
  );
}
