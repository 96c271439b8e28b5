import type { QuirkCheck } from '../../checks';
import type { Answer } from '../answer';
import { entriesOf } from '../baseline-sample';
import { finding, type Finding } from '../finding';
import type { Scope } from '../scope';

const COUNTS = 'quirk_platforms';

/** Whether a product of the platform gets files; if not, whether others do. */
export function quirkPlatform(
  { platform, isFirst }: QuirkCheck & { readonly is: 'quirk-platform' },
  answer: Answer,
  scope: Scope,
): Finding[] {
  const files = entriesOf(answer).reduce((sum, { AuxDataFiles }) => sum + AuxDataFiles.length, 0);
  const others = isFirst ? {} : ((scope.recall(COUNTS) ?? {}) as Readonly<Record<string, number>>);
  scope.remember(COUNTS, { ...others, [platform]: files });
  return [
    finding(`A product of ${platform} has files`, () => {
      if (files > 0) return undefined;
      const served = Object.keys(others).filter((another) => another !== platform && (others[another] ?? 0) > 0);
      if (served.length === 0) return 'none, and no other platform asked so far has files';
      return {
        problem: `none, while ${served.join(', ')} has files`,
        cause: { key: 'firstPlatform', of: platform },
      };
    }),
  ];
}
