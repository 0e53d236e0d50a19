import { getSession } from "../../core/api/workspace";
import type { Api } from "../http/api";
import { byCookie } from "./authenticate";
import type { Auth } from "./open";
import { hasOwner } from "./owner";

export function sessionRoutes(api: Api, auth: Auth): void {
  api.implement(getSession, async ({ services, request }) => {
    const actor = await byCookie(request.headers, auth);
    return { needsOwner: !(await hasOwner(services.metadata)), user: actor?.user ?? null };
  });
}
