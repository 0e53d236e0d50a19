import { s3 } from "../../../core/destinations/s3";
import { destination } from "../destination";
import { changesFile, contentTypes, eventsFile } from "../files/changes-file";
import { pathOfChanges, pathOfEvents } from "../files/paths";
import { delivered } from "../in-turn";
import { ask, type S3Settings } from "./ask";
import { putObject } from "./multipart";

const under = ({ prefix }: S3Settings, path: string) =>
  [...prefix.split("/"), path].filter((part) => part !== "").join("/");

export const s3Destination = destination(s3, {
  async test(settings, context) {
    await ask("", settings, context, { method: "GET", query: "?list-type=2&max-keys=1" });
    return `The bucket ${settings.bucket} is there.`;
  },
  async deliver({ key, items, target }, settings, context) {
    const { format } = target.options;
    const [first] = items;
    if (first === undefined) return [];
    const path = under(settings, pathOfChanges(key, first.at, target.audience.key, format));
    const body = changesFile(items, target, format);
    await ask(path, settings, context, { method: "PUT", body, type: contentTypes[format] });
    return items.map(() => delivered);
  },
  async forward(events, settings, context) {
    const [first] = events;
    if (first === undefined) return [];
    const path = under(settings, pathOfEvents(events, first.timestamp));
    await ask(path, settings, context, { method: "PUT", body: eventsFile(events), type: contentTypes.ndjson });
    return events.map(() => delivered);
  },
  async store({ path, contentType, content }, settings, context) {
    const key = under(settings, path);
    const bytes = await putObject({ key, type: contentType, content }, settings, context);
    return { location: `s3://${settings.bucket}/${key}`, bytes };
  },
});
