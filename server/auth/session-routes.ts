import { getSession } from "../../core/api/workspace";
import type { Api } from "../http/api";
import type { Installation } from "../services";
import { byCookie } from "./authenticate";
import type { Auth } from "./open";
import { hasOwner } from "./owner";

export function sessionRoutes(api: Api, { metadata }: Installation, auth: Auth): void {
  api.implement(getSession, async ({ request }) => {
    const actor = await byCookie(request.headers, auth);
    return { needsOwner: !(await hasOwner(metadata)), user: actor?.user ?? null };
  });
}
