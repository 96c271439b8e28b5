/** Which of two tables of Level-0 attributes a service has loaded, if its answers tell: the published rows, or none (rdb.md#level-0-attributes). */
import { hasAttributes, PUBLISHED_ATTRIBUTE_ROWS } from '../../../sentinel/level0-attributes';
import type { SelectionFacts } from '../../learned';
import type { AttributeEvidence, Told } from './knowledge';
import type { Product, Subject } from './product';

/** Whether the published rows leave the type out for the product. The service looks at them for Sentinel-1 only. */
export function isLeftOutByRows({ sample, type }: Subject, { level0 }: Product): boolean {
  return sample.mission === 'S1SAR' && hasAttributes(level0, type.longName, PUBLISHED_ATTRIBUTE_ROWS) === false;
}

/** The evidence with one more answer for such a product; `expectsFile` when without rows the type's rule would choose one. */
export function evidenceWith(
  evidence: AttributeEvidence,
  { type }: Subject,
  { level0, chosen }: Product,
  expectsFile: boolean,
): AttributeEvidence {
  const [name] = chosen;
  if (name !== undefined) return { ...evidence, againstRows: evidence.againstRows ?? { level0, words: `has ${name}` } };
  if (!expectsFile) return evidence;
  return { ...evidence, againstNone: evidence.againstNone ?? { level0, words: `has no ${type.longName}` } };
}

/** Undefined as long as one of the two tables explains all answers. */
export function contradictionIn({ againstRows, againstNone }: AttributeEvidence): Told | undefined {
  if (!againstRows || !againstNone) return undefined;
  const { level0, words } = againstNone;
  return {
    level0,
    words: `${words}, as if the published rows of Level-0 attributes were in force, but ${againstRows.level0} ${againstRows.words}, as if they were not (rdb.md#level-0-attributes)`,
  };
}

/** What the report says. */
export function rowsInForce({ againstRows, againstNone }: AttributeEvidence): SelectionFacts['level0Attributes'] {
  if (againstRows) return againstNone ? 'contradictory' : 'not in force';
  return againstNone ? 'in force' : 'unknown';
}
