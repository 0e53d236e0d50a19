import * as linksApi from "../../core/api/members-links";
import { fileTypes } from "../../core/files/format";
import { actorId } from "../auth/actor";
import type { Api } from "../http/api";
import { pageById } from "../http/page";
import { streamedResponse } from "../http/streamed-response";
import type { Installation } from "../services";
import { createLink, listLinks, revokeLink, revokeLinksOf } from "./members-links";
import { openLink } from "./open-link";

export function membersLinkRoutes(api: Api, installation: Installation): void {
  api.implement(linksApi.createMembersLink, ({ params, body, services, actor, request }) =>
    createLink(services, params.id, body, {
      origin: services.env.publicOrigin ?? new URL(request.url).origin,
      createdBy: actorId(actor),
    }),
  );
  api.implement(linksApi.listMembersLinks, ({ params, query, services }) =>
    pageById(query, (page) => listLinks(services, params.id, page)),
  );
  api.implement(linksApi.revokeMembersLinks, async ({ params, services }) => ({
    revoked: await revokeLinksOf(services, params.id),
  }));
  api.implement(linksApi.revokeMembersLink, async ({ params, services }) => ({
    revoked: await revokeLink(services, params.id),
  }));
  api.implement(linksApi.openMembersLink, async ({ params, query: { signature = "" }, signal }) => {
    const { audience, content, format, asOf } = await openLink(installation, { id: params.id, signature }, signal);
    return streamedResponse(content, {
      "content-type": fileTypes[format],
      "content-disposition": `attachment; filename="${audience.key}.${format}"`,
      "cache-control": "private, no-store",
      "x-robots-tag": "noindex",
      "x-as-of": new Date(asOf).toISOString(),
    });
  });
}
