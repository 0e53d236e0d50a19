"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { formatDate, formatMoment } from "@/client/format";
import { identityQuery } from "@/client/queries/identity";
import { useTimeZone } from "@/client/queries/workspace";
import type { Profile } from "@/core/api/profiles";
import { identifierWords } from "@/core/identity/join-sentence";
import { Age } from "../ui/age";
import { CopyButton } from "../ui/copy-button";
import { personName } from "./people-table";

const anonymousShown = 3;

/** Who this is: the ids that lead to the person, and since when. */
export function ProfileFacts({ profile }: { profile: Profile }) {
  const more = profile.anonymousIds.length - anonymousShown;
  return (
    <section aria-label="Who this is">
      <h2 className="truncate pb-2 text-20 font-head tracking-title">{personName(profile)}</h2>
      <dl className="grid grid-cols-[112px_minmax(0,1fr)] gap-x-3 gap-y-1">
        <Fact name="User id">
          {profile.userId === null ? (
            <span className="text-ink-3">anonymous so far</span>
          ) : (
            <Identifier id={profile.userId} />
          )}
        </Fact>
        {profile.anonymousIds.length > 0 && (
          <Fact name={profile.anonymousIds.length === 1 ? "Anonymous id" : "Anonymous ids"}>
            {profile.anonymousIds.slice(0, anonymousShown).map((id) => (
              <Identifier key={id} id={id} />
            ))}
            {more > 0 && <span className="text-ink-3">and {more} more</span>}
          </Fact>
        )}
        <OtherIdentifiers profile={profile} />
        {profile.accounts.length > 0 && (
          <Fact name={profile.accounts.length === 1 ? "Account" : "Accounts"}>
            {profile.accounts.map((account) => (
              <AccountLink key={account.id} account={account} />
            ))}
          </Fact>
        )}
        <Fact name="First seen">
          <Seen at={profile.firstSeen} />
        </Fact>
        <Fact name="Last seen">
          <Seen at={profile.lastSeen} />
        </Fact>
      </dl>
    </section>
  );
}

/** What leads to the person besides the userId that is shown and the anonymousIds. */
function OtherIdentifiers({ profile }: { profile: Profile }) {
  const { data } = useQuery(identityQuery(profile.id));
  const others = data?.identifiers.filter(
    ({ kind, id }) => kind === "other" || (kind === "user" && id !== profile.userId),
  );
  if (others === undefined || others.length === 0) return null;
  return (
    <Fact name="Also">
      {others.map((identifier) => (
        <Identifier key={identifierWords(identifier)} id={identifier.id} />
      ))}
    </Fact>
  );
}

function AccountLink({ account: { id, name, since } }: { account: Profile["accounts"][number] }) {
  const timeZone = useTimeZone();
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <Link href={`/accounts/${encodeURIComponent(id)}`} className="truncate hover:underline">
        {name ?? id}
      </Link>
      <span className="flex-none text-12 text-ink-3">since {formatDate(since, timeZone)}</span>
    </span>
  );
}

function Seen({ at }: { at: string }) {
  const timeZone = useTimeZone();
  return (
    <>
      {formatMoment(at, timeZone)}{" "}
      <span className="text-ink-3">
        <Age at={at} />
      </span>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function Identifier({ id }: { id: string }) {
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="truncate font-mono text-12">{id}</code>
      <CopyButton text={id} label={`Copy ${id}`} />
    </span>
  );
}
