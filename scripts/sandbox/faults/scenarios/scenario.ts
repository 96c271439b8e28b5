import type { Faults } from './faults';

/** How a scenario was asked for: `name[@magnitude][:times]`. */
export interface Strength {
  /** Bytes, milliseconds or a count; what it means stands in the scenario's effect. */
  readonly magnitude: number | undefined;
  /** Answers of each resource, or resources, that are struck; Infinity for `:always`. */
  readonly times: number;
  /** How long a request waits for a database connection, where there is none. */
  readonly connectionSeconds: number;
}

export interface Scenario {
  readonly name: string;
  /** One sentence, in which N is the magnitude. */
  readonly effect: string;
  /** Fresh faults, with nothing counted yet. */
  readonly create: (strength: Strength) => Faults;
}
