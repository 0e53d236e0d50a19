import type * as z from "zod";
import { createImport, type ImportRun } from "@/core/api/imports";
import { ApiError } from "./api-error";
import { addressOf, parseRefusal } from "./call";

export interface Upload {
  file: File;
  query: z.input<NonNullable<typeof createImport.query>>;
  /** Told how many bytes are sent. */
  onProgress?: (sent: number) => void;
}

/** Sends a file as it lies on the disk; answers the import that reads it. Throws an `ApiError`. */
export function upload({ file, query, onProgress }: Upload): Promise<ImportRun> {
  return new Promise((resolve, reject) => {
    // fetch cannot tell how much of a body is sent.
    const request = new XMLHttpRequest();
    request.open(createImport.method, addressOf(createImport, { query }));
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = (event) => onProgress?.(event.loaded);
    request.onload = () => {
      if (request.status >= 300) {
        reject(parseRefusal(request.responseText, request.status));
        return;
      }
      const answer = createImport.answer.safeParse(JSON.parse(request.responseText));
      if (answer.success) resolve(answer.data);
      else reject(new ApiError("internal", "The server answered in a form that this page does not know."));
    };
    request.onerror = () =>
      reject(new ApiError("unreachable", `${file.name} could not be sent: the connection broke.`));
    request.onabort = () => reject(new ApiError("cancelled", `${file.name} was not sent: it was cancelled.`));
    request.send(file);
  });
}
