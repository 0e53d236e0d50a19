import { SourcesPage } from "@/components/sources/sources-page";

export default function Route() {
  return <SourcesPage />;
}
