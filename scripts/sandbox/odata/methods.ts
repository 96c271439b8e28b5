import { EDM_BOOLEAN, EDM_DOUBLE, EDM_INT32, EDM_STRING, primitive, type EdmType } from './edm';
import type { Expression } from './expression';
import { requireInteger, requireString, requireType } from './expression-types';

type Check = (parameter: Expression) => void;

/** Signature of a built-in method (OData URL conventions §5.1.1.4): each parameter with the check of its type. */
export interface Method {
  readonly parameters: readonly Check[];
  readonly type: EdmType | undefined;
  /** Index of a parameter that may be left out. */
  readonly optional?: number;
}

const dateParts: Check = (parameter) => requireType(parameter, ['Date', 'DateTimeOffset']);
const timeParts: Check = (parameter) => requireType(parameter, ['TimeOfDay', 'DateTimeOffset']);
const dateTime: Check = (parameter) => requireType(parameter, ['DateTimeOffset']);
const fractional: Check = (parameter) => requireType(parameter, ['Decimal', 'Single', 'Double']);
const geography =
  (...kinds: string[]): Check =>
  (parameter) =>
    requireType(parameter, kinds);
const GEO_POINT = geography('GeographyPoint', 'GeometryPoint');

/** By name, as the grammar spells it. */
export const METHODS: Readonly<Record<string, Method>> = {
  contains: { parameters: [requireString, requireString], type: EDM_BOOLEAN },
  startswith: { parameters: [requireString, requireString], type: EDM_BOOLEAN },
  endswith: { parameters: [requireString, requireString], type: EDM_BOOLEAN },
  substringof: { parameters: [requireString, requireString], type: EDM_BOOLEAN },
  concat: { parameters: [requireString, requireString], type: EDM_STRING },
  indexof: { parameters: [requireString, requireString], type: EDM_INT32 },
  substring: { parameters: [requireString, requireInteger, requireInteger], type: EDM_STRING, optional: 2 },
  length: { parameters: [requireString], type: EDM_INT32 },
  tolower: { parameters: [requireString], type: EDM_STRING },
  toupper: { parameters: [requireString], type: EDM_STRING },
  trim: { parameters: [requireString], type: EDM_STRING },
  year: { parameters: [dateParts], type: EDM_INT32 },
  month: { parameters: [dateParts], type: EDM_INT32 },
  day: { parameters: [dateParts], type: EDM_INT32 },
  hour: { parameters: [timeParts], type: EDM_INT32 },
  minute: { parameters: [timeParts], type: EDM_INT32 },
  second: { parameters: [timeParts], type: EDM_INT32 },
  fractionalseconds: { parameters: [timeParts], type: primitive('Edm.Decimal') },
  date: { parameters: [dateTime], type: primitive('Edm.Date') },
  time: { parameters: [dateTime], type: primitive('Edm.TimeOfDay') },
  totaloffsetminutes: { parameters: [dateTime], type: EDM_INT32 },
  totalseconds: { parameters: [(parameter) => requireType(parameter, ['Duration'])], type: primitive('Edm.Decimal') },
  round: { parameters: [fractional], type: EDM_DOUBLE },
  floor: { parameters: [fractional], type: EDM_DOUBLE },
  ceiling: { parameters: [fractional], type: EDM_DOUBLE },
  now: { parameters: [], type: primitive('Edm.DateTimeOffset') },
  maxdatetime: { parameters: [], type: primitive('Edm.DateTimeOffset') },
  mindatetime: { parameters: [], type: primitive('Edm.DateTimeOffset') },
  'geo.length': { parameters: [geography('GeographyLineString', 'GeometryLineString')], type: EDM_DOUBLE },
  'geo.distance': { parameters: [GEO_POINT, GEO_POINT], type: EDM_DOUBLE },
  'geo.intersects': { parameters: [GEO_POINT, geography('GeographyPolygon', 'GeometryPolygon')], type: EDM_BOOLEAN },
};
