"use client";

import { useQuery } from "@tanstack/react-query";
import { formatCount, formatMoment, formatPeople } from "@/client/format";
import { type PeopleQuestion, peopleOfQuery } from "@/client/queries/audience-insight";
import { useTimeZone } from "@/client/queries/workspace";
import { PersonLink } from "../audience-builder/person-link";
import { Dialog, DialogContent } from "../ui/dialog";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";

/** A figure whose people are looked at. */
export interface PeopleShown {
  title: string;
  question: PeopleQuestion;
}

/** The people behind a figure that was told of a definition; closed while there is none. */
export function PeopleOf({ shown, onClose }: { shown: PeopleShown | null; onClose: () => void }) {
  return (
    <Dialog open={shown !== null} onOpenChange={(open) => !open && onClose()}>
      {shown && (
        <DialogContent title={shown.title}>
          <People question={shown.question} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function People({ question }: { question: PeopleQuestion }) {
  const query = useQuery(peopleOfQuery(question));
  const timeZone = useTimeZone();
  return (
    <Fetched query={query} what="The people" loading={<ListSkeleton label="Loading people" />}>
      {({ count, people, asOf }) => (
        <>
          <p className="pb-2 text-12 text-ink-3">
            {formatPeople(count)}, as of {formatMoment(asOf, timeZone)}
            {people.length < count && ` · the first ${formatCount(people.length)} are shown`}
          </p>
          <ul>
            {people.map((person) => (
              <li key={person.id} className="flex h-row items-center border-t border-line">
                <PersonLink person={person} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Fetched>
  );
}
