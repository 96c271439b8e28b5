import path from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import { asJson } from './schema-files';

const ROOT = path.join(__dirname, '..', '..');

/** What auxflow writes for other programs: a schema for each, from the type that it is written from. */
const OUTPUTS = [
  ['run', 'reports/run/run-report.ts', 'RunReport', 'run.json of auxflow run and fetch'],
  ['campaign', 'reports/campaign/campaign-picture.ts', 'PackedPicture', 'campaign.json: the completeness matrix'],
  ['contract', 'contract-suite/report/contract-report.ts', 'ContractReport', 'contract.json of auxflow contract'],
  ['lock', 'campaign/lock/campaign-lock.ts', 'CampaignLock', 'auxflow.lock.json, without its sha256'],
  ['completeness', 'campaign/completeness/judgement.ts', 'Completeness', 'completeness of run.json and of the lock'],
  ['history', 'reports/history/history.ts', 'HistoryEntry', 'a line of reports/history.jsonl'],
  ['event', 'session/run-events.ts', 'RunEvent', 'a line of --json'],
] as const;

export function outputSchemas(): Map<string, string> {
  return new Map(
    OUTPUTS.map(([name, file, type, title]) => {
      const generator = createGenerator({
        path: path.join(ROOT, 'scripts', file),
        tsconfig: path.join(ROOT, 'tsconfig.json'),
        type,
        topRef: false,
        expose: 'export',
        jsDoc: 'extended',
        // Later versions may add fields.
        additionalProperties: true,
        skipTypeCheck: true,
        sortProps: true,
      });
      const schema = { ...generator.createSchema(type), title };
      return [`schemas/output/${name}.schema.json`, asJson(schema)] as const;
    }),
  );
}
