import { openAuth } from "@/server/auth/open";
import type { Env } from "@/server/env";
import { createApp } from "@/server/http/app";
import type { OpenedServices } from "@/server/services";
import { openTestServices, testToken } from "./services";

export interface TestApp {
  services: OpenedServices;
  /** The app's answer to any request, with the headers given and none besides. */
  fetch(path: string, init?: RequestInit, clientAddress?: string): Promise<Response>;
  /** A call with the owner's token; `body` is sent as JSON. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
}

/** The whole app on real stores, without a socket between. */
export async function openTestApp(overrides: Partial<Env> = {}): Promise<TestApp> {
  const services = await openTestServices(overrides);
  const app = createApp(services, await openAuth(services));
  const fetch = async (path: string, init?: RequestInit, clientAddress = "127.0.0.1") =>
    app.fetch(new Request(`http://localhost:3000${path}`, init), { clientAddress });
  return {
    services,
    fetch,
    async call(method, path, body) {
      const response = await fetch(path, {
        method,
        headers: { authorization: `Bearer ${testToken}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    },
    close: () => services.close(),
  };
}
