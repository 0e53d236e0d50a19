import * as z from "zod";
import { pauseFor } from "../../syncs/pause-for";
import { pauseBefore } from "../../syncs/pauses";
import { DeliveryError } from "../delivery-error";
import type { DeliveryContext } from "../destination";
import { ask, type S3Settings } from "./ask";

/** All parts but the last are as large, which some stores ask for; one is in memory at a time. S3 takes 10,000 parts of at least 5 MiB. */
const partBytes = 8 * 1024 * 1024;
const mostParts = 10_000;
const attemptsOfPart = 4;

interface Upload {
  key: string;
  type: string;
  content: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** Puts an object of any size, at once where it fits into one part. It is there once it is whole. Answers its bytes. Errors: DeliveryError. */
export async function putObject(
  { key, type, content }: Upload,
  settings: S3Settings,
  context: DeliveryContext,
): Promise<number> {
  const parts = partsOf(content)[Symbol.asyncIterator]();
  const first = await parts.next();
  const second = first.done ? first : await parts.next();
  const body = first.done ? new Uint8Array() : first.value;
  if (second.done) {
    await ask(key, settings, context, { method: "PUT", body, type });
    return body.byteLength;
  }
  const begun = await ask(key, settings, context, { method: "POST", query: "?uploads", type });
  const uploadId = elementOf(await begun.text(), "UploadId");
  const query = `uploadId=${encodeURIComponent(uploadId)}`;
  try {
    const etags: string[] = [];
    let bytes = 0;
    for await (const part of following(first, second, parts)) {
      if (etags.length === mostParts) {
        throw new DeliveryError(
          "invalid",
          `The file is larger than ${(mostParts * partBytes) / 1e9} GB, which is the most that is put into S3.`,
        );
      }
      const number = etags.length + 1;
      etags.push(await putPart(`?partNumber=${number}&${query}`, part, { key, settings, context }));
      bytes += part.byteLength;
    }
    const answer = await ask(key, settings, context, { method: "POST", query: `?${query}`, body: completion(etags) });
    const text = await answer.text();
    // What fails while it is put together is told after the status was.
    if (text.includes("<Error>")) throw new DeliveryError("unavailable", `Answered ${elementOf(text, "Code")}.`);
    return bytes;
  } catch (error) {
    // Parts of what is never completed cost money. The store may be told even when whoever asked has gone.
    await ask(
      key,
      settings,
      { ...context, signal: AbortSignal.timeout(10_000) },
      { method: "DELETE", query: `?${query}` },
    ).catch(() => undefined);
    throw error;
  }
}

/** One part again would not be worth the whole file again. */
async function putPart(
  query: string,
  body: Uint8Array<ArrayBuffer>,
  { key, settings, context }: { key: string; settings: S3Settings; context: DeliveryContext },
): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await ask(key, settings, context, { method: "PUT", query, body });
      return z.string({ error: "S3 named no part" }).parse(response.headers.get("etag") ?? undefined);
    } catch (error) {
      const isPassing =
        error instanceof DeliveryError && (error.fault === "unavailable" || error.fault === "rate_limited");
      if (!isPassing || attempt === attemptsOfPart) throw error;
      await pauseFor(pauseBefore(attempt, error.fault, error.retryAfterMs), context.signal);
      context.signal.throwIfAborted();
    }
  }
}

function completion(etags: readonly string[]): string {
  const parts = etags.map(
    (etag, index) =>
      `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</ETag></Part>`,
  );
  return `<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`;
}

function elementOf(xml: string, name: string): string {
  const found = new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1];
  if (found === undefined) throw new DeliveryError("unavailable", `The answer has no ${name}.`);
  return found.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

async function* following<Part>(
  first: IteratorResult<Part>,
  second: IteratorResult<Part>,
  rest: AsyncIterator<Part>,
): AsyncGenerator<Part> {
  if (!first.done) yield first.value;
  for (let next = second; !next.done; next = await rest.next()) yield next.value;
}

async function* partsOf(content: AsyncIterable<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const piece of content) {
    for (let from = 0; from < piece.byteLength; ) {
      const some = piece.subarray(from, from + partBytes - length);
      waiting.push(some);
      from += some.byteLength;
      length += some.byteLength;
      if (length < partBytes) continue;
      yield Buffer.concat(waiting);
      waiting = [];
      length = 0;
    }
  }
  if (length > 0) yield Buffer.concat(waiting);
}
