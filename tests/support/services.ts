import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Env, readEnv } from "@/server/env";
import { openLog } from "@/server/log";
import { openServices } from "@/server/open-services";
import type { OpenedServices } from "@/server/services";

/** An owner's API token that every test server takes. */
export const testToken = "a-token-for-tests-0123456789";

/** Both stores in a fresh folder, migrated; closing removes the folder. One at a time in a process. */
export async function openTestServices(overrides: Partial<Env> = {}): Promise<OpenedServices> {
  const dataDir = await mkdtemp(join(tmpdir(), "foothold-services-"));
  const env: Env = {
    ...readEnv({ NODE_ENV: "test", LOG_LEVEL: "error", DATA_DIR: dataDir, FOOTHOLD_API_TOKEN: testToken }),
    ...overrides,
  };
  const services = await openServices(env, openLog(env));
  return {
    ...services,
    async close() {
      await services.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
