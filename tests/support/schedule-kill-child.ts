import { join } from "node:path";
import { openTestApp } from "./app";

/** Has a schedule be due, by a timing that it has not had yet, and makes its file. Its parent kills it. */
const [dataDir = "", scheduleId = "", minute = "0"] = process.argv.slice(2);
const app = await openTestApp({ dataDir, filesDir: join(dataDir, "files") });
const { metadata, schedules } = app.services;
await metadata.schedule.updateMany({
  where: { id: scheduleId },
  data: {
    timing: { every: "hour", minute: Number(minute) },
    doneUntil: new Date(Date.now() - 7_200_000),
    status: "running",
  },
});
process.send?.("due");
schedules.start(scheduleId);
setInterval(() => undefined, 1_000);
