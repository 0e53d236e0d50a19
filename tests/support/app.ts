import { openAuth } from "@/server/auth/open";
import type { Env } from "@/server/env";
import { createApp } from "@/server/http/app";
import type { OpenedInstallation, Services } from "@/server/services";
import { openTestInstallation, testToken } from "./services";

export interface TestApp {
  installation: OpenedInstallation;
  /** Of the workspace that there is from the beginning. */
  services: Services;
  /** The app's answer to any request, with the headers given and none besides. */
  fetch(path: string, init?: RequestInit, clientAddress?: string): Promise<Response>;
  /** A call with the owner's token; `body` is sent as JSON. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
}

/** The whole app on real stores, without a socket between. */
export async function openTestApp(overrides: Partial<Env> = {}): Promise<TestApp> {
  const installation = await openTestInstallation(overrides);
  const app = createApp(installation, await openAuth(installation));
  const fetch = async (path: string, init?: RequestInit, clientAddress = "127.0.0.1") =>
    app.fetch(new Request(`http://localhost:3000${path}`, init), { clientAddress });
  return {
    installation,
    services: installation.workspaces.first(),
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
    close: () => installation.close(),
  };
}
