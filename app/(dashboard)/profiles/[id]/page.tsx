import { ProfilePage } from "@/components/profiles/profile-page";

export default async function Route({ params }: { params: Promise<{ id: string }> }) {
  return <ProfilePage id={(await params).id} />;
}
