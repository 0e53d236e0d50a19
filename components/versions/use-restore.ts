import { messageOf } from "@/client/api-error";
import { notify, notifyProblem } from "../ui/toast";

interface Restoring<Asked, Saved> {
  mutateAsync: (asked: Asked) => Promise<Saved>;
  isPending: boolean;
}

/** Makes an earlier version hold again, which is a new version; undone by restoring the one that held before. */
export function useRestore<Asked, Saved extends { version: number }>(
  before: number,
  { mutateAsync, isPending }: Restoring<Asked, Saved>,
  asked: (version: number) => Asked,
  onRestored?: (saved: Saved) => void,
) {
  const restore = (version: number) =>
    void mutateAsync(asked(version)).then(
      (saved) => {
        onRestored?.(saved);
        notify(`Version ${version} holds again, as version ${saved.version}.`, { undo: () => restore(before) });
      },
      (error: unknown) => notifyProblem(messageOf(error)),
    );
  return { restore, restoring: isPending };
}
