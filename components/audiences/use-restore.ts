import { messageOf } from "@/client/api-error";
import { useRestoreVersion } from "@/client/queries/audience-versions";
import type { AudienceWithCount } from "@/core/api/audiences";
import { notify, notifyProblem } from "../ui/toast";

/** Makes an earlier version hold again, which is a new version; undone by restoring the one that held before. */
export function useRestore({ id, version: before }: AudienceWithCount) {
  const restoring = useRestoreVersion();
  const restore = (version: number) =>
    void restoring.mutateAsync({ id, version }).then(
      (saved) =>
        notify(`Version ${version} holds again, as version ${saved.version}.`, { undo: () => restore(before) }),
      (error: unknown) => notifyProblem(messageOf(error)),
    );
  return { restore, restoring: restoring.isPending };
}
