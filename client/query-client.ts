import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api-error";

const worthRetrying = new Set<ApiError["code"]>(["unreachable", "unavailable", "timed_out"]);

/** The page's store of answers: kept while newer ones are on the way, asked again when the window is looked at. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        gcTime: 10 * 60_000,
        retry: (failures, error) => failures < 2 && error instanceof ApiError && worthRetrying.has(error.code),
      },
      mutations: { retry: false },
    },
  });
}
