"use client";

import { useState } from "react";
import { TextLink } from "../ui/text-link";
import { type Against, ExplanationSheet } from "./explanation-sheet";

interface WhyButtonProps {
  person: { id: string; name: string };
  against: Against;
  asOf?: string;
}

/** Opens the reason why a person is in an audience. Above a row that is a link as a whole. */
export function WhyButton({ person, against, asOf }: WhyButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <TextLink
        aria-label={`Why is ${person.name} in${"name" in against ? ` ${against.name}` : ""}?`}
        className="relative z-1 px-1 max-desk:py-2"
        onClick={() => setOpen(true)}
      >
        Why?
      </TextLink>
      {open && <ExplanationSheet person={person} against={against} asOf={asOf} onClose={() => setOpen(false)} />}
    </>
  );
}
