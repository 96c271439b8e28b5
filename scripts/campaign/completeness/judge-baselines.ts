import type { CommandContext } from '../../session/context';
import type { Services } from '../../session/service-clients';
import type { BaselineRequest } from '../../services/rdb';
import type { Site } from '../../services/site';
import type { Manifest } from '../manifest';
import { checkCompleteness, type CheckedBaselines } from './check-completeness';
import { notesOf } from './notes';

export interface JudgeOptions {
  readonly site: Site;
  readonly request: BaselineRequest;
  readonly manifest: Pick<Manifest, 'level0' | 'files' | 'intervals'>;
  readonly services: Pick<Services, 'api' | 'auxip'>;
  readonly allowMissing: readonly string[] | undefined;
  readonly context: Pick<CommandContext, 'listener' | 'signal' | 'now'>;
}

/** The same of a lock, which may have been copied without its matrix. */
export type JudgedBaselines = Pick<CheckedBaselines, 'completeness'> & Partial<CheckedBaselines>;

/** Judges a campaign's baselines and tells what is no error but good to know; undefined where there are none. @throws Failure INTERRUPTED */
export async function judgeBaselines(options: JudgeOptions): Promise<CheckedBaselines | undefined> {
  const { site, request, manifest, services, allowMissing = [], context } = options;
  const { listener, signal, now } = context;
  const { api, auxip } = services;
  listener({ type: 'activity', text: 'comparing the baselines with types, rules and files of reprocessing.svc' });
  const checked = await checkCompleteness({ site, request, manifest, api, auxip, allowMissing, signal, now });
  if (checked) for (const text of notesOf(checked.completeness)) listener({ type: 'note', text });
  return checked;
}
