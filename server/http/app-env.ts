import type { Actor } from "../auth/actor";
import type { Services } from "../services";

/** What a request of the app carries besides itself. */
export interface AppEnv {
  Bindings: {
    /** Network address of the caller. */
    clientAddress?: string | undefined;
  };
  Variables: {
    /** Who is calling; absent at an open endpoint. */
    actor?: Actor;
    /** Of the workspace that it is for; absent at an open endpoint. */
    services?: Services;
  };
}
