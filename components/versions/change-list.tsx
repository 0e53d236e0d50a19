import type { DefinitionChange } from "@/core/api/versions";
import { cn } from "../ui/class-names";

const marks = { added: "+", removed: "\u2212", changed: "~" } as const;
const tones = { added: "text-in", removed: "text-out", changed: "text-violation" } as const;

/** What differs between two definitions, in words; each begins with what happened, so that the mark only helps the eye. */
export function ChangeList({ changes, className }: { changes: readonly DefinitionChange[]; className?: string }) {
  if (changes.length === 0) return <p className={cn("text-ink-2", className)}>Nothing changes in what it means.</p>;
  return (
    <ul aria-label="What changed" className={cn("grid gap-0.5 text-ink-2", className)}>
      {changes.map(({ kind, text }) => (
        <li key={text} className="flex gap-2">
          <span aria-hidden className={cn("w-3 flex-none text-center font-head", tones[kind])}>
            {marks[kind]}
          </span>
          <span className="min-w-0 break-words">{text}</span>
        </li>
      ))}
    </ul>
  );
}
