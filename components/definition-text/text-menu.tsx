"use client";

import { useQuery } from "@tanstack/react-query";
import { Braces, ClipboardPaste, Quote, TextQuote } from "lucide-react";
import { useState } from "react";
import { jsonOf, sentenceOf } from "@/client/definition-text";
import { audienceNamesQuery } from "@/client/queries/audiences";
import { useTimeZone } from "@/client/queries/workspace";
import type { AudienceDefinition } from "@/core/audience/definition";
import { Button } from "../ui/button";
import { copyText } from "../ui/copy-button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "../ui/menu";
import { notify, notifyProblem } from "../ui/toast";
import { PasteDialog } from "./paste-dialog";

interface TextMenuProps {
  /** What is copied; null while there is none. */
  definition: AudienceDefinition | null;
  /** Where a definition can be pasted: takes it, and for which audience it is. */
  paste?: { self: string | null; onPaste: (definition: AudienceDefinition) => void };
}

/** A definition as text: out as JSON or as a sentence, and in again. */
export function TextMenu({ definition, paste }: TextMenuProps) {
  const timeZone = useTimeZone();
  const audiences = useQuery(audienceNamesQuery).data ?? [];
  const [pasting, setPasting] = useState(false);
  const copy = async (text: string, what: string) => {
    if (await copyText(text)) notify(`Copied as ${what}.`);
    else notifyProblem("This browser does not let the page copy.");
  };
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button look="quiet" icon aria-label="Definition as text" title="Definition as text">
            <TextQuote aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent>
          <MenuItem disabled={definition === null} onSelect={() => definition && void copy(jsonOf(definition), "JSON")}>
            <Braces aria-hidden /> Copy as JSON
          </MenuItem>
          <MenuItem
            disabled={definition === null}
            onSelect={() => definition && void copy(sentenceOf(definition, timeZone, audiences), "a sentence")}
          >
            <Quote aria-hidden /> Copy as sentence
          </MenuItem>
          {paste && (
            <MenuItem onSelect={() => setPasting(true)}>
              <ClipboardPaste aria-hidden /> Paste definition…
            </MenuItem>
          )}
        </MenuContent>
      </Menu>
      {paste && pasting && (
        <PasteDialog
          reading={{ timeZone, audiences, self: paste.self }}
          onPaste={paste.onPaste}
          onClose={() => setPasting(false)}
        />
      )}
    </>
  );
}
