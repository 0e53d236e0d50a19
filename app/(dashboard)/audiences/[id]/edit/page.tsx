import { EditAudiencePage } from "@/components/audience-builder/edit-audience-page";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <EditAudiencePage id={id} />;
}
