"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { cn } from "./class-names";

/** Copies a text and says so on itself. */
export function CopyButton({ text, label, className }: { text: string; label: string; className?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button
      type="button"
      aria-label={copied ? "Copied" : label}
      onClick={() => void copyText(text).then(setCopied)}
      className={cn(
        "grid size-6 flex-none place-items-center rounded-2 text-ink-3 transition-colors hover:bg-hover hover:text-ink",
        className,
      )}
    >
      {copied ? <Check aria-hidden className="!size-3.5 text-in" /> : <Copy aria-hidden className="!size-3.5" />}
    </button>
  );
}

/** The clipboard is only there on https and localhost; elsewhere a selected text is copied the old way. */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return true;
  }
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "sr-only";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
