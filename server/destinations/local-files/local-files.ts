import { join } from "node:path";
import { localFiles } from "../../../core/destinations/local-files";
import { destination } from "../destination";
import { changesFile, eventsFile } from "../files/changes-file";
import { pathOfChanges, pathOfEvents } from "../files/paths";
import { delivered } from "../in-turn";
import { tryFolder, writeFile } from "./write-file";

async function* text(content: string) {
  yield Buffer.from(content);
}

export const localFilesDestination = destination(localFiles, {
  async test({ folder }, { filesDir }) {
    return `Files are written to ${await tryFolder(filesDir, folder)}.`;
  },
  async deliver({ key, items, target }, { folder }, { filesDir }) {
    const { format } = target.options;
    const [first] = items;
    if (first === undefined) return [];
    const path = pathOfChanges(key, first.at, target.audience.key, format);
    await writeFile(filesDir, join(folder, path), text(changesFile(items, target, format)));
    return items.map(() => delivered);
  },
  async forward(events, { folder }, { filesDir }) {
    const [first] = events;
    if (first === undefined) return [];
    await writeFile(filesDir, join(folder, pathOfEvents(events, first.timestamp)), text(eventsFile(events)));
    return events.map(() => delivered);
  },
  async store({ path, content }, { folder }, { filesDir }) {
    const place = join(folder, path);
    const bytes = await writeFile(filesDir, place, content);
    return { location: join(filesDir, place), bytes };
  },
});
