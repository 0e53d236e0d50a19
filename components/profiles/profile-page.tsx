"use client";

import { useQuery } from "@tanstack/react-query";
import { profileQuery } from "@/client/queries/profiles";
import { Page } from "../shell/page";
import { ProfileDeliveries } from "../syncs/profile-deliveries";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { AudienceList } from "./audience-list";
import { JoinList } from "./join-list";
import { personName } from "./people-table";
import { ProfileFacts } from "./profile-facts";
import { ProfileMenu } from "./profile-menu";
import { Timeline } from "./timeline";
import { TraitTable } from "./trait-table";

/** One person: who, what is known of them, where they are in, and everything they did. */
export function ProfilePage({ id }: { id: string }) {
  const profile = useQuery(profileQuery(id));
  return (
    <Page
      title={profile.data ? personName(profile.data) : "Person"}
      crumbs={[{ label: "People", href: "/profiles" }]}
      bare
      actions={profile.data && <ProfileMenu person={profile.data} />}
    >
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,420px)] items-stretch max-wide:grid-cols-[minmax(0,1fr)_minmax(0,360px)] max-desk:grid-cols-1">
        <div className="px-5 pt-4 pb-8 max-desk:px-3">
          <Fetched query={profile} what="The person" loading={<ListSkeleton label="Loading the person" />}>
            {(person) => (
              <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
                <ProfileFacts profile={person} />
                <AudienceList profile={person} />
                <TraitTable id={person.id} traits={person.traits} />
                <ProfileDeliveries id={person.id} />
                <JoinList id={person.id} />
              </div>
            )}
          </Fetched>
        </div>
        <div className="min-h-[calc(100dvh-var(--bar-h))] min-w-0 border-l border-line px-5 pt-4 pb-8 max-desk:min-h-0 max-desk:border-t max-desk:border-l-0 max-desk:px-3">
          <Timeline id={id} />
        </div>
      </div>
    </Page>
  );
}
