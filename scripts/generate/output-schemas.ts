import path from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import { asJson } from './schema-files';

const ROOT = path.join(__dirname, '..', '..');

/** What auxflow writes for other programs: a schema for each, from the type that it is written from. */
const OUTPUTS = [
  ['run', 'reports/run/run-report.ts', 'RunReport', 'run.json of auxflow run and fetch'],
  ['campaign', 'reports/campaign/campaign-picture.ts', 'PackedPicture', 'campaign.json: the completeness matrix'],
  ['contract', 'contract-suite/report/contract-report.ts', 'ContractReport', 'contract.json of auxflow contract'],
  ['collection', 'user-collection/collection-report.ts', 'CollectionReport', 'collection.json of run --collection'],
  ['lock', 'campaign/lock/campaign-lock.ts', 'CampaignLock', 'auxflow.lock.json, without its sha256'],
  ['completeness', 'campaign/completeness/judgement.ts', 'Completeness', 'completeness of run.json and of the lock'],
  ['manifest', 'campaign/lock/file-lists.ts', 'ManifestLine', 'a line of manifest.jsonl'],
  ['history', 'reports/history/history.ts', 'HistoryEntry', 'a line of reports/history.jsonl'],
  ['event', 'session/run-events.ts', 'EventLine', 'a line of --json'],
] as const;

/** What auxflow keeps for itself, where others may write. */
const KEPT = [['queue', 'cluster/redis/kept-entries.ts', 'KeptEntries', 'entries of the queue in Redis']] as const;

/** What people write for auxflow. */
const INPUTS = [
  ['config', 'cli/settings/config.ts', 'Config', 'auxflow.config.json: settings of auxflow in the working folder'],
  ['cases', 'contract-suite/own-cases/case-file.ts', 'CaseFile', 'a file of auxflow contract --cases'],
] as const;

/** Schemas of what auxflow writes, and of files that people write for it. */
export function outputSchemas(): Map<string, string> {
  return new Map([
    ...OUTPUTS.map(([name, file, type, title]) => {
      // Later versions may add fields.
      const text = schemaText({ file, type, title, additionalProperties: true });
      return [`schemas/output/${name}.schema.json`, text] as const;
    }),
    ...KEPT.map(([name, file, type, title]) => {
      const text = schemaText({ file, type, title, additionalProperties: true });
      return [`schemas/${name}.schema.json`, text] as const;
    }),
    ...INPUTS.map(([name, file, type, title]) => {
      const text = schemaText({ file, type, title, additionalProperties: false });
      return [`schemas/${name}.schema.json`, text] as const;
    }),
  ]);
}

interface Source {
  readonly file: string;
  readonly type: string;
  readonly title: string;
  readonly additionalProperties: boolean;
}

function schemaText({ file, type, title, additionalProperties }: Source): string {
  const generator = createGenerator({
    path: path.join(ROOT, 'scripts', file),
    tsconfig: path.join(ROOT, 'tsconfig.json'),
    type,
    topRef: false,
    expose: 'export',
    jsDoc: 'extended',
    additionalProperties,
    skipTypeCheck: true,
    sortProps: true,
  });
  return asJson({ ...generator.createSchema(type), title });
}
