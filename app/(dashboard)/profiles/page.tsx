import { ProfilesPage } from "@/components/profiles/profiles-page";

export default function Route() {
  return <ProfilesPage />;
}
