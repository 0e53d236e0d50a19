import { createHash } from "node:crypto";
import { AwsV4Signer } from "aws4fetch";
import type * as z from "zod";
import type { s3 } from "../../../core/destinations/s3";
import { assertTaken } from "../answer-faults";
import type { DeliveryContext } from "../destination";

export type S3Settings = z.output<typeof s3.settings>;

interface Asked {
  method: "GET" | "PUT" | "POST" | "DELETE";
  query?: string;
  /** Text is shown in the delivery log. */
  body?: string | Uint8Array<ArrayBuffer>;
  type?: string;
}

/** One signed request to an object, or to the bucket where `key` is empty. Errors: DeliveryError. */
export async function ask(
  key: string,
  { endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Settings,
  { fetch, signal, now }: DeliveryContext,
  { method, query = "", body = "", type }: Asked,
): Promise<Response> {
  const base = (endpoint === "" ? `https://s3.${region}.amazonaws.com` : endpoint).replace(/\/+$/, "");
  const signed = await new AwsV4Signer({
    method,
    url: `${base}/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}${query}`,
    headers: {
      "x-amz-content-sha256": createHash("sha256").update(body).digest("hex"),
      ...(type !== undefined && { "content-type": type }),
    },
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
    ...((method === "PUT" || method === "POST") && { body }),
    timeoutMs: 60_000,
    signal,
  });
  return assertTaken(response, {
    now: now().getTime(),
    fault: (text) => {
      if (/<Code>(SlowDown|RequestLimitExceeded)</.test(text)) return "rate_limited";
      return /<Code>(ExpiredToken|InvalidToken|AuthorizationHeaderMalformed)</.test(text) ? "credential" : undefined;
    },
  });
}
