"use client";

import { useQuery } from "@tanstack/react-query";
import { formatClock, formatCount, formatPeople } from "@/client/format";
import { peopleQuery } from "@/client/queries/preview";
import type { AudienceDefinition } from "@/core/audience/definition";
import { WhyButton } from "../explanation/why-button";
import { personName } from "../profiles/people-table";
import { Dialog, DialogContent } from "../ui/dialog";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { PersonLink } from "./person-link";

/** A set of people that a number stands for. */
export interface ShownPeople {
  title: string;
  definition: AudienceDefinition;
}

interface PeopleDialogProps {
  shown: ShownPeople | null;
  timeZone: string;
  onClose: () => void;
}

/** The people behind a number. */
export function PeopleDialog({ shown, timeZone, onClose }: PeopleDialogProps) {
  return (
    <Dialog open={shown !== null} onOpenChange={(open) => !open && onClose()}>
      {shown && (
        <DialogContent title={shown.title.charAt(0).toUpperCase() + shown.title.slice(1)}>
          <People definition={shown.definition} timeZone={timeZone} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function People({ definition, timeZone }: { definition: AudienceDefinition; timeZone: string }) {
  const query = useQuery(peopleQuery(definition));
  return (
    <Fetched query={query} what="The people" loading={<ListSkeleton label="Loading people" />}>
      {({ count, people, asOf }) => (
        <>
          <p className="pb-2 text-12 text-ink-3">
            {formatPeople(count)}, as of {formatClock(asOf, timeZone)}
            {people.length < count && ` · the first ${formatCount(people.length)} are shown`}
          </p>
          <ul>
            {people.map((person) => (
              <li key={person.id} className="flex h-row items-center justify-between gap-3 border-t border-line">
                <PersonLink person={person} />
                <WhyButton person={{ id: person.id, name: personName(person) }} against={{ definition }} asOf={asOf} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Fetched>
  );
}
