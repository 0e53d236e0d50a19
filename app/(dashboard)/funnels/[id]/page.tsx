import { FunnelPage } from "@/components/funnel/funnel-page";

export default async function Route({ params }: { params: Promise<{ id: string }> }) {
  return <FunnelPage id={(await params).id} />;
}
