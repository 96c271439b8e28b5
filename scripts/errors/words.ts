/** What the reader can do about an answer that breaks its promises. */
export const REPORT = 'Report it to the operators of the service, with the saved answer.';

/** An error in words: what went wrong, what was expected and what came where that helps, and what to do next. */
export interface Words {
  headline: string;
  expected?: string;
  came?: string;
  next: string;
}
