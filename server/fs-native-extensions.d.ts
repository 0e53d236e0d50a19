declare module "fs-native-extensions" {
  /** Asks the system for an exclusive lock on an open file; false while another descriptor holds it. */
  export function tryLock(fd: number): boolean;
  export function unlock(fd: number): void;
}
