/** Instrument configurations of Sentinel-1 files, as auxip.svc has them among the attributes of an entry (auxip.md#attributes). */
import type { Api } from '../../services/api';
import type { Auxip } from '../../services/auxip';
import { throwIfInterrupted } from '../../services/interruption';
import { underRoot } from '../../services/service-url';

export interface ConfigurationSource {
  readonly auxip: Pick<Auxip, 'entriesByName'>;
  readonly auxipRoot: string;
  readonly api: Pick<Api, 'get'>;
  readonly signal: AbortSignal;
}

/** Of a file whose entry has no such attribute. */
export const NO_CONFIGURATION = '';

/** By name, as far as they can be read. @throws Failure INTERRUPTED */
export async function configurationsOf(
  names: readonly string[],
  source: ConfigurationSource,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of names) {
    const configuration = await configurationOf(name, source).catch(() => undefined);
    throwIfInterrupted(source.signal);
    if (configuration !== undefined) found.set(name, configuration);
  }
  return found;
}

async function configurationOf(
  name: string,
  { auxip, auxipRoot, api, signal }: ConfigurationSource,
): Promise<string | undefined> {
  const [entry] = await auxip.entriesByName(name, signal);
  if (!entry) return undefined;
  const url = underRoot(auxipRoot, `Products(${entry.id})/Attributes`);
  const { text } = await api.get({ url, accept: 'application/json', what: name, maxBytes: 1024 * 1024, signal });
  return /"InstrumentConfigurationID"[^{}]*"Value":"?([^",}]+)/.exec(text)?.[1] ?? NO_CONFIGURATION;
}
