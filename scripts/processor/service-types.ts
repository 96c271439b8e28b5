/** File types of task tables as ADF types of the services. */
import { isOfType, isWanted, searchText, typesOfMission, type AdfType } from '../sentinel/adf-types';

export interface ServiceType {
  readonly type: AdfType;
  /** Whether baselines for the campaign's product type name files of it. */
  readonly isWanted: boolean;
}

export interface CampaignRequest {
  readonly mission: string;
  readonly unit: string;
  readonly productType: string;
}

/** Task tables name a type by its LongName (Sentinel-3), its ShortName (Sentinel-1), or as file names do. */
export function serviceTypeOf(
  fileType: string,
  types: readonly AdfType[],
  { mission, productType }: CampaignRequest,
): ServiceType | undefined {
  const own = typesOfMission(types, mission);
  const named = [
    own.filter(({ longName }) => longName === fileType),
    own.filter(({ shortName }) => shortName === fileType),
    own.filter(({ longName }) => searchText(longName) === fileType),
  ].find((found) => found.length > 0);
  if (!named) return undefined;
  const wanted = named.find((type) => isWanted(type, productType));
  const [type = wanted] = wanted ? [wanted] : named;
  return type && { type, isWanted: wanted !== undefined };
}

/** Whether a file is of the type that a task table names: as the services sort it, or by the type in its name. */
export function isOfFileType(
  file: { readonly name: string; readonly type: string },
  fileType: string,
  service: ServiceType | undefined,
): boolean {
  return file.type === fileType || (service !== undefined && isOfType(file.name, service.type));
}
