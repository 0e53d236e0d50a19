import * as audiencesApi from "@/core/api/audiences";
import { actorId } from "@/server/auth/actor";
import type { Api } from "@/server/http/api";
import { pageOf } from "@/server/http/page";
import { createAudience, getAudience, listAudiences, updateAudience } from "./audiences";
import { type CsvExport, exportMembers } from "./export-csv";
import { listMembers } from "./members";
import { previewAudience } from "./preview";

export function audienceRoutes(api: Api): void {
  api.implement(audiencesApi.previewAudience, ({ body, services, signal }) => previewAudience(services, body, signal));
  api.implement(audiencesApi.listAudiences, async ({ query, services }) =>
    pageOf(await listAudiences(services, query.archived === "true"), query, ({ id }) => id),
  );
  api.implement(audiencesApi.createAudience, ({ body, services, actor }) =>
    createAudience(services, body, actorId(actor)),
  );
  api.implement(audiencesApi.getAudience, ({ params, query, services }) =>
    getAudience(services, params.id, query.asOf),
  );
  api.implement(audiencesApi.updateAudience, ({ params, body, services, actor }) =>
    updateAudience(services, params.id, body, actorId(actor)),
  );
  api.implement(audiencesApi.archiveAudience, ({ params, services, actor }) =>
    updateAudience(services, params.id, { archived: true }, actorId(actor)),
  );
  api.implement(audiencesApi.listMembers, ({ params, query, services, signal }) =>
    listMembers(services, params.id, query, signal),
  );
  api.implement(audiencesApi.membersCsv, async ({ params, query, services, signal }) =>
    csvResponse(await exportMembers(services, params.id, query, signal)),
  );
}

async function csvResponse({ fileName, asOf, lines }: CsvExport): Promise<Response> {
  const encoder = new TextEncoder();
  const iterator = lines[Symbol.asyncIterator]();
  let first: IteratorResult<string> | undefined = await iterator.next();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = first ?? (await iterator.next());
      first = undefined;
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
      "x-as-of": asOf,
    },
  });
}
