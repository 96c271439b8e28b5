import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SelectionRuleName, Sensing, Validity } from '../../scripts/sentinel/selection-rules';

/** What selection-rule-vectors.json holds, as far as the tests read it. */
export interface RuleVector {
  id: string;
  rule: SelectionRuleName;
  t0: string;
  t1: string;
  delta0_s: number;
  delta1_s: number;
  files: FileVector[];
  expected: string[];
  note?: string;
}

interface FileVector {
  name: string;
  validity_start: string;
  validity_stop: string;
  creation: string | null;
  aux_type?: string;
}

interface TimelineVector {
  from: string;
  to: string | null;
  icid: number;
}

type IcidObserved = number | { error: string };

interface Vectors {
  rules_from_java_tests: { vectors: RuleVector[] };
  rules_edge_observed: RuleVector[];
  product_age_from_java_tests: {
    config_max_age_s: Record<string, number>;
    t0: string;
    t1: string;
    files: { key: string; file: FileVector; age_s_reference_minus_stop: number; observed_selected: boolean }[];
    filter_all: { observed: string[] };
  };
  product_age_edge_observed: {
    config_max_age_s: Record<string, number>;
    t0: string;
    t1: string;
    files: FileVector[];
    expected: string[];
  };
  icid_timeline_from_java_tests: {
    timeline: TimelineVector[];
    vectors: { time: string; observed: IcidObserved }[];
    edge_observed_same_timeline: { time: string; observed: IcidObserved }[];
  };
  icid_timeline_edge_observed: { timeline: TimelineVector[]; time: string; observed: IcidObserved }[];
  l0_name_parser_from_java_tests: {
    vectors: { l0_name: string; attribute: string; observed: string }[];
    edge_observed: { l0_name: string; Mode: string; Polarization: string }[];
  };
  l0_t0_t1_observed: { l0_name: string; t0?: string; t1?: string; error_message?: string }[];
}

const PATH = join(__dirname, '../fixtures/recorded/selection-rule-vectors.json');

export const VECTORS = JSON.parse(readFileSync(PATH, 'utf8')) as Vectors;

export interface NamedFile extends Validity {
  name: string;
  type: { longName: string };
}

export function fileOf(vector: FileVector): NamedFile {
  return {
    name: vector.name,
    type: { longName: vector.aux_type ?? '' },
    start: Date.parse(vector.validity_start),
    stop: Date.parse(vector.validity_stop),
    creation: vector.creation === null ? 0 : Date.parse(vector.creation),
  };
}

export function sensingOf({ t0, t1, delta0_s, delta1_s }: RuleVector): Sensing {
  return { t0: Date.parse(t0), t1: Date.parse(t1), delta0: delta0_s, delta1: delta1_s };
}

export function timelineOf(rows: TimelineVector[]) {
  return rows.map(({ from, to, icid }) => ({ from: Date.parse(from), to: to === null ? null : Date.parse(to), icid }));
}
