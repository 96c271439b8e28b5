/** Whether a defect can be seen at all: its witness requests are sent to a healthy sandbox and to one with the mutant. */
import { Agent } from 'undici';
import { startSandbox, type Ask, type GeneratedMutant, type Sandbox } from '../../scripts/sandbox/sandbox';
import { Caller } from './caller';

export class Onlooker {
  private readonly agent = new Agent({ connections: 1 });
  private readonly healthy = new Map<string, Promise<string>>();

  private constructor(
    private readonly well: Sandbox,
    private readonly ill: Sandbox,
  ) {}

  static async start(): Promise<Onlooker> {
    const [well, ill] = await Promise.all([startSandbox(), startSandbox()]);
    return new Onlooker(well, ill);
  }

  /** Some answer to the witness of the mutant is another than a healthy service's. */
  async sees({ name, witness }: Pick<GeneratedMutant, 'name' | 'witness'>): Promise<boolean> {
    const key = JSON.stringify(witness);
    const expected = this.healthy.get(key) ?? this.answers(this.well, witness);
    this.healthy.set(key, expected);
    this.ill.setMutant(name);
    const came = await this.answers(this.ill, witness);
    return (await expected) !== came;
  }

  async close(): Promise<void> {
    await Promise.all([this.agent.close(), this.well.close(), this.ill.close()]);
  }

  private async answers(sandbox: Sandbox, witness: readonly Ask[]): Promise<string> {
    const caller = new Caller(sandbox, this.agent);
    const answers: string[] = [];
    for (const ask of witness) answers.push(await caller.answerTo(ask).catch(String));
    return answers.join('\n');
  }
}
