import { useRouter } from "next/navigation";
import { messageOf } from "@/client/api-error";
import { useArchiveFunnel, useCreateFunnel, useUpdateFunnel } from "@/client/queries/funnels";
import type { Funnel } from "@/core/api/funnels";
import { notify, notifyProblem } from "../ui/toast";

/** Duplicate, archive and bring back, each said in a toast, with Undo where it can be undone. */
export function useFunnelActions({ id, name, description, funnel }: Funnel) {
  const router = useRouter();
  const create = useCreateFunnel();
  const update = useUpdateFunnel();
  const archiving = useArchiveFunnel();
  const onError = (error: unknown) => notifyProblem(messageOf(error));

  const restore = () =>
    update.mutate({ id, archived: false }, { onSuccess: () => notify(`${name} is back.`), onError });
  return {
    restore,
    archive: () => archiving.mutate(id, { onSuccess: () => notify(`${name} archived.`, { undo: restore }), onError }),
    duplicate: () =>
      create.mutate(
        { name: `${name} (copy)`.slice(0, 200), description, funnel },
        {
          onSuccess: (copy) => {
            notify(`${copy.name} made.`);
            router.push(`/funnels/${copy.id}`);
          },
          onError,
        },
      ),
  };
}
