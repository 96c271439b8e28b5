import type { GeneralCheck } from '../../checks';
import { modelLines, unclosedElement } from '../../model-lines';
import type { Answer } from '../answer';
import { finding, setDifference, type Finding } from '../finding';

/** `$metadata` declares what schemas/csdl declares: neither less nor more. */
export function serviceModel({ lines }: GeneralCheck & { readonly is: 'service-model' }, answer: Answer): Finding[] {
  return [
    finding('Every element of the document is closed', () => unclosedElement(answer.text)),
    finding('The model is the one that the contract was made from', () =>
      setDifference(lines, modelLines(answer.text), 'declarations'),
    ),
  ];
}
