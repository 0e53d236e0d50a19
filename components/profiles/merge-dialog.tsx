"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { mergePreviewQuery, useMergeProfiles } from "@/client/queries/identity";
import { profilesQuery } from "@/client/queries/profiles";
import type { Person } from "@/core/api/shared";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogContent } from "../ui/dialog";
import { Fetched } from "../ui/fetched";
import { Problem } from "../ui/field";
import { SearchInput } from "../ui/input";
import { ListSkeleton } from "../ui/skeleton";
import { TextLink } from "../ui/text-link";
import { notify } from "../ui/toast";
import { useDebounced } from "../ui/use-debounced";
import { ChangePreview } from "./change-preview";
import { personName } from "./people-table";

interface MergeDialogProps {
  person: Person;
  /** Whom to join with, where that is known. */
  other?: Person;
  open: boolean;
  onClose: () => void;
}

/** Makes another person and this one the same, once it is seen what that changes. */
export function MergeDialog({ person, other, open, onClose }: MergeDialogProps) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()}>
      {open && (
        <DialogContent
          title={`Join with ${personName(person)}`}
          description="Both are one person in every figure from then on, shown as this one. It can be undone."
          className="max-w-lg"
        >
          <Joining person={person} known={other} onClose={onClose} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function Joining({ person, known, onClose }: { person: Person; known: Person | undefined; onClose: () => void }) {
  const [other, choose] = useState(known);
  if (other === undefined) return <PersonChoice without={person.id} onChoose={choose} />;
  return (
    <Confirmation
      person={person}
      other={other}
      onOther={known === undefined ? () => choose(undefined) : undefined}
      onClose={onClose}
    />
  );
}

/** Somebody, found by an id or an email as it is typed. */
function PersonChoice({ without, onChoose }: { without: string; onChoose: (person: Person) => void }) {
  const [search, setSearch] = useState("");
  const wanted = useDebounced(search.trim(), 150);
  const found = useInfiniteQuery({
    ...profilesQuery({ search: wanted, includeAnonymous: true }),
    enabled: wanted !== "",
  });
  const people =
    found.data?.pages
      .flatMap((page) => page.items)
      .filter(({ id }) => id !== without)
      .slice(0, 8) ?? [];
  return (
    <div className="grid gap-2">
      <SearchInput
        aria-label="Find the other person"
        placeholder="An id or an email"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        className="w-full"
      />
      {found.isError && <Problem>{messageOf(found.error)}</Problem>}
      {wanted !== "" && found.data && people.length === 0 && <p className="text-ink-3">Nobody else has “{wanted}”.</p>}
      {wanted !== "" && (
        <ul aria-label="People found">
          {people.map((one) => (
            <li key={one.id} className="border-t border-line">
              <button
                type="button"
                onClick={() => onChoose(one)}
                className="flex w-full min-w-0 items-baseline justify-between gap-3 rounded-2 px-1 py-1.5 text-left hover:bg-hover"
              >
                <span className="truncate">{personName(one)}</span>
                <span className="max-w-[40%] flex-none truncate text-12 text-ink-3">{one.userId ?? "anonymous"}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface ConfirmationProps {
  person: Person;
  other: Person;
  onOther: (() => void) | undefined;
  onClose: () => void;
}

function Confirmation({ person, other, onOther, onClose }: ConfirmationProps) {
  const preview = useQuery(mergePreviewQuery(person.id, other.id));
  const merge = useMergeProfiles();
  const router = useRouter();
  return (
    <>
      {onOther && (
        <p className="pb-2">
          <span className="font-word">{personName(other)}</span>{" "}
          <TextLink onClick={onOther}>Choose somebody else</TextLink>
        </p>
      )}
      <Fetched
        query={preview}
        what="What would change"
        loading={<ListSkeleton rows={4} label="Loading what would change" />}
      >
        {(change) => <ChangePreview change={change} />}
      </Fetched>
      {merge.isError && <Problem>{messageOf(merge.error)}</Problem>}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={merge.isPending || preview.data === undefined}
          onClick={() =>
            merge.mutate(
              { id: person.id, other: other.id },
              {
                onSuccess: ({ id }) => {
                  notify(`${personName(other)} and ${personName(person)} are one person.`);
                  onClose();
                  router.push(`/profiles/${id}`);
                },
              },
            )
          }
        >
          Join the two
        </Button>
      </DialogActions>
    </>
  );
}
