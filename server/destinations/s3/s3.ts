import { AwsV4Signer } from "aws4fetch";
import type * as z from "zod";
import { s3 } from "../../../core/destinations/s3";
import { assertTaken } from "../answer-faults";
import { type DeliveryContext, destination } from "../destination";
import { changesFile, contentTypes, eventsFile } from "../files/changes-file";
import { pathOfChanges, pathOfEvents, sha256 } from "../files/paths";
import { delivered } from "../in-turn";

type Settings = z.output<typeof s3.settings>;

/** One signed request to an object, or to the bucket where `key` is empty. Errors: DeliveryError. */
async function ask(
  key: string,
  { endpoint, region, bucket, accessKeyId, secretAccessKey }: Settings,
  { fetch, signal, now }: DeliveryContext,
  { method, query = "", body = "", type }: { method: "GET" | "PUT"; query?: string; body?: string; type?: string },
): Promise<void> {
  const base = (endpoint === "" ? `https://s3.${region}.amazonaws.com` : endpoint).replace(/\/+$/, "");
  const signed = await new AwsV4Signer({
    method,
    url: `${base}/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}${query}`,
    headers: { "x-amz-content-sha256": sha256(body), ...(type !== undefined && { "content-type": type }) },
    accessKeyId,
    secretAccessKey,
    service: "s3",
    region,
    datetime: now()
      .toISOString()
      .replace(/[-:]|\.\d+/g, ""),
  }).sign();
  const response = await fetch(signed.url, {
    method,
    headers: Object.fromEntries(signed.headers),
    ...(method === "PUT" && { body }),
    timeoutMs: 60_000,
    signal,
  });
  await assertTaken(response, {
    now: now().getTime(),
    fault: (text) => {
      if (/<Code>(SlowDown|RequestLimitExceeded)</.test(text)) return "rate_limited";
      return /<Code>(ExpiredToken|InvalidToken|AuthorizationHeaderMalformed)</.test(text) ? "credential" : undefined;
    },
  });
}

const under = ({ prefix }: Settings, path: string) =>
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
});
