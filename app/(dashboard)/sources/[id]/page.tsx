import { SourcePage } from "@/components/sources/source-page";

export default async function Route({ params }: { params: Promise<{ id: string }> }) {
  return <SourcePage id={(await params).id} />;
}
