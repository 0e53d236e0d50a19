import type { Actor } from "../auth/actor";

/** What a request of the app carries besides itself. */
export interface AppEnv {
  Bindings: {
    /** Network address of the caller. */
    clientAddress?: string | undefined;
  };
  Variables: {
    /** Who is calling; absent at an open endpoint. */
    actor?: Actor;
  };
}
