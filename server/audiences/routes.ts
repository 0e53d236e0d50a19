import * as versionsApi from "@/core/api/audience-versions";
import * as audiencesApi from "@/core/api/audiences";
import { actorId } from "@/server/auth/actor";
import type { Api } from "@/server/http/api";
import { pageOf } from "@/server/http/page";
import { streamedResponse } from "@/server/http/streamed-response";
import { createAudience, updateAudience } from "./audiences";
import { type CsvExport, exportMembers } from "./export-csv";
import { listAudiences } from "./list";
import { listMembers } from "./members";
import { previewAudience } from "./preview";
import { countSavedAudiences, getAudience } from "./saved-counts";
import { usageOfAudience } from "./usage";
import { compareVersions, restoreVersion, versionsPage } from "./versions";

export function audienceRoutes(api: Api): void {
  api.implement(audiencesApi.previewAudience, ({ body, services, signal }) => previewAudience(services, body, signal));
  api.implement(audiencesApi.listAudiences, ({ query, services, signal }) => listAudiences(services, query, signal));
  api.implement(audiencesApi.countAudiences, ({ body, services, signal }) =>
    countSavedAudiences(services, body, signal),
  );
  api.implement(audiencesApi.createAudience, ({ body, services, actor }) =>
    createAudience(services, body, actorId(actor)),
  );
  api.implement(audiencesApi.getAudience, ({ params, query, services, signal }) =>
    getAudience(services, params.id, query, signal),
  );
  api.implement(audiencesApi.updateAudience, ({ params, body, services, actor }) =>
    updateAudience(services, params.id, body, actorId(actor)),
  );
  api.implement(audiencesApi.archiveAudience, ({ params, services, actor }) =>
    updateAudience(services, params.id, { archived: true }, actorId(actor)),
  );
  api.implement(audiencesApi.audienceUsage, async ({ params, query, services }) =>
    pageOf(await usageOfAudience(services, params.id), query, ({ kind, id, as }) => `${kind} ${id} ${as}`),
  );
  api.implement(versionsApi.listVersions, ({ params, query, services }) => versionsPage(services, params.id, query));
  api.implement(versionsApi.restoreVersion, ({ params, body, services, actor }) =>
    restoreVersion(services, params.id, body, actorId(actor)),
  );
  api.implement(versionsApi.compareVersions, ({ params, query, services, signal }) =>
    compareVersions(services, params.id, query, signal),
  );
  api.implement(audiencesApi.listMembers, ({ params, query, services, signal }) =>
    listMembers(services, params.id, query, signal),
  );
  api.implement(audiencesApi.membersCsv, async ({ params, query, services, signal }) =>
    csvResponse(await exportMembers(services, params.id, query, signal)),
  );
}

function csvResponse({ fileName, asOf, lines }: CsvExport): Promise<Response> {
  return streamedResponse(lines, {
    "content-type": "text/csv; charset=utf-8; header=present",
    "content-disposition": `attachment; filename="${fileName}"`,
    "cache-control": "no-store",
    "x-as-of": asOf,
  });
}
