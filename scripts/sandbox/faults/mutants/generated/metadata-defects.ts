/** `$metadata` declares one element otherwise. */
import { metadataXml } from '../../../odata/metadata';
import { afterService } from '../around';
import { get, type Family } from './draft';

const SERVICES = ['rdb', 'auxip', 'reprocessing'] as const;

const ELEMENTS =
  /<(Property|NavigationProperty|PropertyRef|EntitySet|Parameter|ReturnType|EntityType|ComplexType|FunctionImport|Member)\b[^>]*>/g;

type Rewrite = readonly [words: string, rewrite: (element: string) => string];

const REWRITES: readonly Rewrite[] = [
  ['has another type', (text) => text.replace(/\bType="[^"]*"/, 'Type="Edm.Byte"')],
  ['has another name', (text) => text.replace(/\bName="([^"]*)"/, 'Name="$1_"')],
  [
    'has its name in lower case',
    (text) => text.replace(/\bName="([^"]*)"/, (_all, name: string) => `Name="${name.toLowerCase()}"`),
  ],
  [
    'may be null or not the other way round',
    (text) =>
      text.includes('Nullable="false"')
        ? text.replace(' Nullable="false"', '')
        : text.replace(/\s*\/?>$/, (end) => ` Nullable="false"${end.trim()}`),
  ],
  ['is not declared', (text) => (text.endsWith('/>') ? '' : text)],
  ['is declared twice', (text) => (text.endsWith('/>') ? text + text : text)],
  [
    'is no collection any more, or is one now',
    (text) =>
      text.includes('Collection(')
        ? text.replace(/Collection\(([^)]*)\)/, '$1')
        : text.replace(/\bType="([^"]*)"/, 'Type="Collection($1)"'),
  ],
  [
    'has another precision',
    (text) => (text.includes('Precision=') ? text.replace(/Precision="[^"]*"/, 'Precision="0"') : text),
  ],
  ['has no stream any more', (text) => text.replace(' HasStream="true"', '')],
];

export const metadata: Family = (random) => {
  const service = random.pick(SERVICES);
  const xml = metadataXml(service);
  const elements = [...xml.matchAll(ELEMENTS)];
  const element = random.pick(elements);
  const [words, rewrite] = random.pick(REWRITES);
  const changed = rewrite(element[0]);
  if (changed === element[0]) return undefined;
  const [place, length] = [element.index, element[0].length];
  const name = /\bName="([^"]*)"/.exec(element[0])?.[1] ?? '';
  return {
    area: 'metadata',
    severity: 'contract',
    defect: `$metadata of ${service}.svc: ${element[1] ?? ''} ${name} at ${place} ${words}`,
    witness: [get(`/${service}.svc/$metadata`)],
    create: () =>
      afterService(new RegExp(`/${service}[.]svc/(?:\\$|%24)metadata$`), (reply) => {
        if (typeof reply.body !== 'string' || reply.body.slice(place, place + length) !== element[0]) return reply;
        return { ...reply, body: reply.body.slice(0, place) + changed + reply.body.slice(place + length) };
      }),
  };
};
