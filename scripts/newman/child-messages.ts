/** What a process says to the child in which Newman runs, and what the child answers. Only what can be sent: no functions. */
import type { AuxflowError } from '../errors/errors';
import type { CaseStep } from './case-step';
import type { CollectionRunOptions } from './run-collection';
import type { RunStep, StepBeginning } from './run-step';
import type { SuiteRunOptions } from './run-suite';
import type { Answer } from './step-recorder';
import type { AskedValue } from './value-recorder';

interface Secrets {
  /** Known beforehand, for the redactor of the child. */
  readonly secrets: readonly string[];
}

export type CollectionOrder = Omit<CollectionRunOptions, 'redactor' | 'onBegin' | 'onStep' | 'onAnswer' | 'onValue'> &
  Secrets & {
    readonly run: 'collection';
    /** Only answers whose URL has this text are handed over; others may hold tokens. */
    readonly answersOf: string;
  };

export type SuiteOrder = Omit<SuiteRunOptions, 'redactor' | 'onStep' | 'onValue'> & Secrets & { readonly run: 'suite' };

export type ChildOrder = CollectionOrder | SuiteOrder;

export type ChildReport =
  | { readonly type: 'begun'; readonly step: StepBeginning }
  | { readonly type: 'step'; readonly step: RunStep; readonly timeOrigin: number }
  | { readonly type: 'answer'; readonly answer: Answer }
  | { readonly type: 'case'; readonly step: CaseStep }
  /** With its location, which goes over this channel and nowhere else. */
  | { readonly type: 'value'; readonly value: AskedValue }
  /** Met in the child: a token, a signature. The parent's listeners must not see it either. */
  | { readonly type: 'secret'; readonly secret: string }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly error: AuxflowError };
