import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Env, readEnv } from "@/server/env";
import { openLog } from "@/server/log";
import { openInstallation } from "@/server/open-installation";
import type { OpenedInstallation, OpenedServices } from "@/server/services";

/** An owner's API token that every test server takes. */
export const testToken = "a-token-for-tests-0123456789";

/** An installation in a fresh folder; closing it removes the folder. One at a time in a process. */
export async function openTestInstallation(overrides: Partial<Env> = {}): Promise<OpenedInstallation> {
  const dataDir = await mkdtemp(join(tmpdir(), "foothold-services-"));
  const env: Env = {
    ...readEnv({ NODE_ENV: "test", LOG_LEVEL: "error", DATA_DIR: dataDir, FOOTHOLD_API_TOKEN: testToken }),
    ...overrides,
  };
  const installation = await openInstallation(env, openLog(env));
  return {
    ...installation,
    async close() {
      await installation.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What verbs work with, in the one workspace of such an installation. */
export async function openTestServices(overrides: Partial<Env> = {}): Promise<OpenedServices> {
  const installation = await openTestInstallation(overrides);
  return { ...installation.workspaces.first(), close: installation.close };
}
