import { AccountPage } from "@/components/accounts/account-page";

export default async function Route({ params }: { params: Promise<{ id: string }> }) {
  return <AccountPage id={decodeURIComponent((await params).id)} />;
}
