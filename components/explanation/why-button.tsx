"use client";

import { useState } from "react";
import { TextLink } from "../ui/text-link";
import { ExplanationSheet } from "./explanation-sheet";

interface WhyButtonProps {
  person: { id: string; name: string };
  audience: { id: string; name: string };
  asOf?: string;
}

/** Opens the reason why a person is in an audience. Above a row that is a link as a whole. */
export function WhyButton({ person, audience, asOf }: WhyButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <TextLink
        aria-label={`Why is ${person.name} in ${audience.name}?`}
        className="relative z-1 px-1 max-desk:py-2"
        onClick={() => setOpen(true)}
      >
        Why?
      </TextLink>
      {open && <ExplanationSheet person={person} audience={audience} asOf={asOf} onClose={() => setOpen(false)} />}
    </>
  );
}
