import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Workspace as WorkspaceRow } from "@/generated/prisma/client";
import type { Workspace } from "../../core/api/workspace";
import { AppError } from "../../core/errors";
import { folderOf, openServices, type Stores } from "../open-services";
import type { NewWorkspace, OpenedServices, Services, Workspaces } from "../services";
import { shownOfWorkspace, unknownWorkspace, zoneOf } from "./workspace";

/** Each has a database of the event store, its rows of the metadata, a folder for files, and workers of its own. */
export class OpenWorkspaces implements Workspaces {
  readonly #stores: Stores;
  /** In the order in which they were made. */
  readonly #open = new Map<string, OpenedServices>();

  constructor(stores: Stores) {
    this.#stores = stores;
  }

  /** Opens what is there, and completes what was being removed. */
  async open(): Promise<void> {
    const rows = await this.#stores.metadata.workspace.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
    for (const row of rows) {
      if (row.removedAt === null) this.#open.set(row.id, await openServices(this.#stores, row));
      else await this.#erase(row);
    }
  }

  first(): Services {
    const [oldest] = this.#open.values();
    if (oldest === undefined) throw new Error("There is no workspace");
    return oldest;
  }

  get(id: string): Services | undefined {
    return this.#open.get(id);
  }

  all(): Iterable<Services> {
    return this.#open.values();
  }

  async list(): Promise<Workspace[]> {
    return this.#stores.metadata.workspace.findMany({
      where: { removedAt: null },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      select: shownOfWorkspace,
    });
  }

  async create({ name, environment, timeZone }: NewWorkspace): Promise<Workspace> {
    const { metadata } = this.#stores;
    const zone = zoneOf(timeZone);
    const database = `workspace_${randomUUID().replaceAll("-", "")}`;
    const row = await metadata.workspace.create({ data: { name, environment, timeZone: zone, database } });
    try {
      this.#open.set(row.id, await openServices(this.#stores, row));
    } catch (error) {
      await this.#erase(row);
      throw error;
    }
    return { id: row.id, name, environment, timeZone: zone };
  }

  async remove(id: string): Promise<void> {
    const { metadata, now } = this.#stores;
    const services = this.#open.get(id);
    if (services === undefined) throw unknownWorkspace();
    if (this.#open.size === 1) {
      throw new AppError("conflict", "This is the only workspace. Make another one before you remove it.");
    }
    this.#open.delete(id);
    const row = await metadata.workspace.update({ where: { id }, data: { removedAt: now() } });
    services.live.end();
    await services.close();
    await this.#erase(row);
  }

  async close(): Promise<void> {
    for (const services of this.#open.values()) await services.close();
  }

  /** Its row last: whatever is cut off before that is done again by the next start. */
  async #erase(row: WorkspaceRow): Promise<void> {
    const { engine, metadata, env } = this.#stores;
    await engine.drop(row.database);
    const folder = folderOf(row, env);
    // The first one's folder is everybody's.
    const gone = row.database === null ? ["imports", "ingest"].map((name) => join(folder, name)) : [folder];
    for (const path of gone) await rm(path, { recursive: true, force: true });
    await metadata.workspace.delete({ where: { id: row.id } });
  }
}
