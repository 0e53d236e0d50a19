import { AudiencePage } from "@/components/audiences/audience-page";

export default async function Route({ params }: { params: Promise<{ id: string }> }) {
  return <AudiencePage id={(await params).id} />;
}
