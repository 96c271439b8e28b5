import { plural } from '../lib/format';
import type { Obstacle } from './judge-inputs';
import type { CampaignRequest, ServiceTypes } from './service-types';

/** Why an alternative does not fill an input: a clause without a full stop. */
export function obstacleWords(
  obstacle: Obstacle,
  { productType }: CampaignRequest,
  serviceTypes: ServiceTypes,
): string {
  const { fileType } = obstacle;
  switch (obstacle.why) {
    case 'no-file':
      return `${fileType}: the baseline names no file`;
    case 'not-wanted':
      return `${fileType}: baselines for ${productType} do not name it, those for ${serviceTypes(fileType)?.type.productTypes.join(', ') ?? 'others'} do`;
    case 'no-service':
      return `${fileType}: the services have no such type`;
    case 'not-here':
      return `${fileType}: ${obstacle.name} is not here, verified`;
    case 'no-product':
      return `${fileType}: nothing in ${obstacle.name} is of the type and the time`;
    case 'does-not-apply':
      return `${fileType}: ${obstacle.name} is not valid for the time that is needed`;
    case 'too-few':
      return `${fileType}: the processor wants at least ${plural(obstacle.wanted, 'file')} for the time that is needed, and ${plural(obstacle.files, 'applies', 'apply')}`;
    case 'too-many':
      return `${fileType}: ${plural(obstacle.files, 'file applies', 'files apply')} and the processor takes at most ${obstacle.wanted}, so which ones it takes is not judged`;
    case 'retrieval-mode':
      return `${fileType}: the retrieval mode is the processor's own, so whether it takes ${obstacle.name} is not judged`;
    case 'delta':
      return `${fileType}: T0 or T1 is no number, so whether ${obstacle.name} applies is not judged`;
    case 'level0-name':
      return `${fileType}: the name of the Level-0 product says no sensing time, so whether ${obstacle.name} applies is not judged`;
    case 'file-name':
      return `${fileType}: the name ${obstacle.name} says no validity, so whether it applies is not judged`;
  }
}
