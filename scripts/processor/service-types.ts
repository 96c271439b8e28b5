/** File types of task tables as ADF types of the services. */
import { isWanted, searchText, typesOfMission, type AdfType } from '../sentinel/adf-types';

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

/** What the services have for a file type. */
export type ServiceTypes = (fileType: string) => ServiceType | undefined;

/** Task tables name a type by its LongName (Sentinel-3), its ShortName (Sentinel-1), or as file names do: the first that is known. */
export function serviceTypesOf(types: readonly AdfType[], { mission, productType }: CampaignRequest): ServiceTypes {
  const own = typesOfMission(types, mission).map((type) => ({ type, isWanted: isWanted(type, productType) }));
  // Of several with one name, one that is wanted: it is set last.
  const inOrder = [...own.filter((known) => !known.isWanted), ...own.filter((known) => known.isWanted)];
  const byLongName = new Map(inOrder.map((known) => [known.type.longName, known]));
  const byShortName = new Map(inOrder.map((known) => [known.type.shortName, known]));
  const bySearchText = new Map(inOrder.map((known) => [searchText(known.type.longName), known]));
  return (fileType) => byLongName.get(fileType) ?? byShortName.get(fileType) ?? bySearchText.get(fileType);
}

/** Whether a file is of the type that a task table names: as the services sort it, or by the type in its name. */
export function fileTypeMatcher(
  fileType: string,
  service: ServiceType | undefined,
): (file: { readonly name: string; readonly type: string }) => boolean {
  if (!service) return ({ type }) => type === fileType;
  const text = searchText(service.type.longName);
  return ({ name, type }) => type === fileType || name.includes(text);
}
