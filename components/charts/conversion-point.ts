/** A day or week of entry. */
export interface ConversionPoint {
  key: string;
  /** On the axis: "21 Nov". */
  label: string;
  /** In full, for the readout: "Sat 21 Nov 2026". */
  title: string;
  entered: number;
  /** Of those, the ones who got there. */
  converted: number;
  /** Of the others, those who still have time: while there are any, the share can still grow. */
  pending: number;
}
