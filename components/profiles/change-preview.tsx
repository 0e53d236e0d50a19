"use client";

import type { IdentityChange } from "@/core/api/identity";
import { identifierWords } from "@/core/identity/join-sentence";
import { WillSend } from "../syncs/will-send";

/** What a join or a parting would change: who there is before and after, and which audiences gain or lose people. */
export function ChangePreview({ change }: { change: IdentityChange }) {
  return (
    <div className="grid gap-3">
      <div className="grid grid-cols-2 gap-3">
        <People title="Now" people={change.before} />
        <People title="Then" people={change.after} />
      </div>
      <section aria-label="Audiences that change">
        <h3 className="pb-1 text-12 text-ink-3">Audiences that change</h3>
        {change.audiences.length === 0 ? (
          <p className="text-ink-2">None of the saved audiences.</p>
        ) : (
          <ul>
            {change.audiences.map(({ id, name, before, after }) => (
              <li key={id} className="border-t border-line py-1">
                <p className="flex justify-between gap-3">
                  <span className="truncate">{name}</span>
                  <span className="flex-none text-ink-2 tabular-nums">{difference(before, after)}</span>
                </p>
                <WillSend
                  audienceId={id}
                  entering={Math.max(0, after - before)}
                  leaving={Math.max(0, before - after)}
                />
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function difference(before: number, after: number): string {
  const people = Math.abs(after - before);
  return `${after > before ? "gains" : "loses"} ${people} ${people === 1 ? "person" : "people"}`;
}

function People({ title, people }: { title: string; people: IdentityChange["before"] }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="pb-1 text-12 text-ink-3">{title}</h3>
      <ul className="grid gap-1.5">
        {people.map(({ identifiers, messages }) => (
          <li key={identifiers.map(identifierWords).join()} className="min-w-0 rounded-3 bg-sunken px-2.5 py-1.5">
            <p className="truncate font-word">{identifiers[0] && identifierWords(identifiers[0])}</p>
            <p className="text-12 text-ink-2">
              {identifiers.length} {identifiers.length === 1 ? "identifier" : "identifiers"}, {messages}{" "}
              {messages === 1 ? "message" : "messages"}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
