import { queryOptions } from "@tanstack/react-query";
import { getSession } from "@/core/api/workspace";
import { call } from "../call";

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => call(getSession, { signal }),
  staleTime: 60_000,
});
