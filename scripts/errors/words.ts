/** An error in words: what went wrong, what was expected and what came where that helps, and what to do next. */
export interface Words {
  headline: string;
  expected?: string;
  came?: string;
  next: string;
}
