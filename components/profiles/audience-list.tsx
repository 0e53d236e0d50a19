"use client";

import Link from "next/link";
import type { Profile } from "@/core/api/profiles";
import { PhraseText } from "../definition-text/phrase-text";
import { CheckAudience } from "../explanation/check-audience";
import { WhyButton } from "../explanation/why-button";
import { Age } from "../ui/age";
import { personName } from "./people-table";

/** The audiences that a person is in, each with its reason, and any other to ask about. */
export function AudienceList({ profile }: { profile: Profile }) {
  const person = { id: profile.id, name: personName(profile) };
  return (
    <section aria-label="Audiences">
      <div className="flex items-center justify-between gap-3 pb-1">
        <h2 className="font-head">Audiences</h2>
        <CheckAudience person={person} />
      </div>
      {profile.audiences.length === 0 && (
        <p className="border-t border-line py-2 text-ink-3">In none of the saved audiences now.</p>
      )}
      <ul>
        {profile.audiences.map((audience) => (
          <li key={audience.id} className="flex min-h-row items-center gap-3 border-t border-line py-1">
            <div className="min-w-0 flex-1">
              <Link href={`/audiences/${audience.id}`} className="block truncate hover:underline">
                {audience.name}
              </Link>
              {audience.reason.length > 0 && (
                <p className="truncate text-12 text-ink-3">
                  {audience.reason.map((phrase, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have their places
                    <PhraseText key={index} phrase={phrase} />
                  ))}
                </p>
              )}
            </div>
            {audience.enteredAt && (
              <span className="flex-none text-ink-2">
                in for <Age at={audience.enteredAt} suffix="" />
              </span>
            )}
            <WhyButton person={person} against={audience} />
          </li>
        ))}
      </ul>
    </section>
  );
}
