import { DestinationPage } from "@/components/destinations/destination-page";

export default async function Route({ params }: { params: Promise<{ id: string }> }) {
  return <DestinationPage id={(await params).id} />;
}
