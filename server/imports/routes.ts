import * as importsApi from "../../core/api/imports";
import { AppError } from "../../core/errors";
import type { Api } from "../http/api";
import { pageById } from "../http/page";
import { textStream } from "../http/text-stream";
import { cancelImport, getImport, listImports, startImport } from "./imports";
import { refusedCsv } from "./refused-csv";

export function importRoutes(api: Api): void {
  api.implement(importsApi.createImport, async ({ query, request, services }) => {
    if (request.body === null) throw new AppError("invalid", "Send the file as the body.");
    return startImport(services, {
      body: request.body,
      contentType: request.headers.get("content-type"),
      fileName: query.fileName,
      format: query.format,
      sourceId: query.sourceId,
      mapping: query.mapping,
    });
  });
  api.implement(importsApi.listImports, ({ query, services }) =>
    pageById(query, (page) => listImports(services.metadata, page)),
  );
  api.implement(importsApi.getImport, ({ params, services }) => getImport(services.metadata, params.id));
  api.implement(importsApi.cancelImport, ({ params, services }) => cancelImport(services, params.id));
  api.implement(importsApi.refusedCsv, async ({ params, services, signal }) => {
    const { id } = await getImport(services.metadata, params.id);
    return new Response(textStream(refusedCsv(services.eventStore, id, { signal })), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="refused-${id}.csv"`,
      },
    });
  });
}
