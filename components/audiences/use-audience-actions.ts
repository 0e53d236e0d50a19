import { useRouter } from "next/navigation";
import { ApiError, messageOf } from "@/client/api-error";
import { formatPeople } from "@/client/format";
import { useArchiveAudience, useCreateAudience, useUpdateAudience } from "@/client/queries/audiences";
import type { ListedAudience } from "@/core/api/audiences";
import { notify, notifyProblem } from "../ui/toast";

/** Duplicate, archive and bring back, each said in a toast, with Undo where it can be undone. */
export function useAudienceActions(audience: ListedAudience) {
  const router = useRouter();
  const create = useCreateAudience();
  const update = useUpdateAudience();
  const archiving = useArchiveAudience();
  const { id, name } = audience;
  const onError = (error: unknown) => notifyProblem(messageOf(error));

  // A list loses the row before its mutation is told, so that what follows hangs on the promise and not on the row.
  const restore = () =>
    void update
      .mutateAsync({ id, archived: false })
      .then(
        () =>
          notify(
            audience.count === undefined ? `${name} is back.` : `${name} is back: ${formatPeople(audience.count)}.`,
          ),
        onError,
      );
  return {
    restore,
    /** `onUsed` where something live uses it, so that it stays. */
    archive: (onUsed: () => void) =>
      void archiving.mutateAsync(id).then(
        () => notify(`${name} archived.`, { undo: restore }),
        (error: unknown) => (error instanceof ApiError && error.code === "conflict" ? onUsed() : onError(error)),
      ),
    duplicate: () =>
      void create
        .mutateAsync({
          name: `${name} (copy)`.slice(0, 200),
          description: audience.description,
          tags: audience.tags,
          definition: audience.definition,
        })
        .then((copy) => {
          notify(`${copy.name} made.`);
          router.push(`/audiences/${copy.id}`);
        }, onError),
  };
}
