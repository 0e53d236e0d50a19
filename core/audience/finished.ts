/** What work that is done bit by bit comes to, done at once. */
export function finished<Result>(work: Generator<void, Result>): Result {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
  }
}
