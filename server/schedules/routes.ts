import * as schedulesApi from "../../core/api/schedules";
import { actorId } from "../auth/actor";
import type { Api } from "../http/api";
import { pageById } from "../http/page";
import {
  createSchedule,
  deleteSchedule,
  getSchedule,
  listRuns,
  listSchedules,
  runNow,
  updateSchedule,
} from "./schedules";

export function scheduleRoutes(api: Api): void {
  api.implement(schedulesApi.listSchedules, ({ query: { audienceId, destinationId, ...query }, services }) =>
    pageById(query, (page) => listSchedules(services, { audienceId, destinationId }, page)),
  );
  api.implement(schedulesApi.createSchedule, ({ body, services, actor }) =>
    createSchedule(services, body, actorId(actor)),
  );
  api.implement(schedulesApi.getSchedule, ({ params, services }) => getSchedule(services, params.id));
  api.implement(schedulesApi.updateSchedule, ({ params, body, services }) => updateSchedule(services, params.id, body));
  api.implement(schedulesApi.deleteSchedule, async ({ params, services }) => {
    await deleteSchedule(services, params.id);
    return { deleted: true as const };
  });
  api.implement(schedulesApi.runSchedule, ({ params, services }) => runNow(services, params.id));
  api.implement(schedulesApi.listScheduleRuns, ({ params, query, services }) =>
    pageById(query, (page) => listRuns(services, params.id, page)),
  );
}
