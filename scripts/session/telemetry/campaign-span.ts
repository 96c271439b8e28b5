import type { CommandContext } from '../context';
import { startTelemetry } from './open-telemetry';
import { withinSpan, type Span } from './telemetry';

/** The planning of a campaign, to which its files are linked wherever they are fetched. */
export async function withCampaignSpan<Result>(
  campaign: string | undefined,
  context: Pick<CommandContext, 'environment' | 'listener' | 'redactor'>,
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  const telemetry = await startTelemetry(context);
  const span = telemetry.span('auxflow.campaign', { 'auxflow.campaign': campaign });
  try {
    return await withinSpan(span, work);
  } finally {
    await telemetry.close();
  }
}
