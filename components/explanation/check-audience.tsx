"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { audienceNamesQuery } from "@/client/queries/audiences";
import { Button } from "../ui/button";
import { Listbox } from "../ui/listbox";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";
import { ExplanationSheet } from "./explanation-sheet";

/** Chooses any audience and says why the person is in it, or is not. */
export function CheckAudience({ person }: { person: { id: string; name: string } }) {
  const audiences = useQuery(audienceNamesQuery).data ?? [];
  const [choosing, setChoosing] = useState(false);
  const [chosen, setChosen] = useState<{ id: string; name: string }>();
  const nameOf = (id: string) => audiences.find((audience) => audience.id === id)?.name ?? "";
  if (audiences.length === 0) return null;
  return (
    <>
      <Popover open={choosing} onOpenChange={setChoosing}>
        <PopoverTrigger asChild>
          <Button look="quiet">Check against an audience</Button>
        </PopoverTrigger>
        <PopoverContent align="end" aria-label="Choose an audience">
          <Listbox
            label="Audiences"
            placeholder="Search audiences"
            options={audiences.map(({ id }) => id)}
            textOf={nameOf}
            selected={chosen?.id ?? ""}
            onChoose={(id) => {
              setChosen({ id, name: nameOf(id) });
              setChoosing(false);
            }}
            render={(id) => <span className="truncate">{nameOf(id)}</span>}
          />
        </PopoverContent>
      </Popover>
      {chosen && <ExplanationSheet person={person} against={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}
