import type { Metadata } from "@/server/metadata/scoped";

/** The names of the workspace's sources by id. */
export async function sourceNames(metadata: Metadata): Promise<ReadonlyMap<string, string>> {
  const sources = await metadata.source.findMany({ select: { id: true, name: true } });
  return new Map(sources.map(({ id, name }) => [id, name]));
}
