import type { LookupAddress, LookupOptions } from "node:dns";
import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** An address of this machine or of its own network, which a request may not be pointed at. */
export class PrivateAddressError extends Error {
  override readonly name = "PrivateAddressError";
  constructor(readonly host: string) {
    super(
      `${host} is an address of this machine or of a private network. Whoever runs Foothold can allow that with FOOTHOLD_ALLOW_PRIVATE_ADDRESSES=true.`,
    );
  }
}

/** Whether an IP address, in whatever notation, is one of the open internet. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast") return false;
  // All that is routed lies in 2000::/3; other ranges may hold an IPv4 address of anybody's network.
  return parsed.kind() === "ipv4" || parsed.match(ipaddr.parseCIDR("2000::/3"));
}

/** Finds a host's addresses and refuses them all where one is private, so that nothing is left to choose from. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  const all: LookupOptions & { all: true } = { ...options, all: true };
  lookup(hostname, all, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? [];
    if (error !== null || first === undefined) {
      callback(error ?? new Error(`${hostname} has no address`), "");
    } else if (!addresses.every(({ address }) => isPublicAddress(address))) {
      callback(new PrivateAddressError(hostname), "");
    } else if (options.all) {
      callback(null, addresses);
    } else {
      callback(null, first.address, first.family);
    }
  });
};
