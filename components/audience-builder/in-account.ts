"use client";

import { createContext, useContext } from "react";

const InAccountContext = createContext(false);

/** Around the rows of a group of an account. */
export const InAccount = InAccountContext;

/** Whether a row is asked of an account: a trait of the account itself, all else of some person of it. */
export function useInAccount(): boolean {
  return useContext(InAccountContext);
}
