import { html, type Html } from '../page/html';
import { numbersOf, type RunReport } from './run-report';
import { sizeOf } from '../page/size';

interface Tile {
  name: string;
  value: Html | string;
  note: string;
  bad?: boolean;
}

/** The run's numbers, large. */
export function numbersTiles(report: RunReport): Html {
  return html`<section aria-labelledby="numbers">
    <h2 id="numbers">In numbers</h2>
    <dl class="numbers">
      ${tilesOf(report).map(
        ({ name, value, note, bad }) =>
          html`<div>
            <dt>${name}</dt>
            <dd><b>${value}</b><span class="${bad ? 'bad' : 'soft'}">${note}</span></dd>
          </div>`,
      )}
    </dl>
  </section> `;
}

function tilesOf(report: RunReport): Tile[] {
  const numbers = numbersOf(report);
  const { filesFailed, filesNotFetched, checksFailed, checksPassed } = numbers;
  const unknown = numbers.level0 - numbers.level0Found;
  const files = [filesFailed > 0 && `${filesFailed} failed`, filesNotFetched > 0 && `${filesNotFetched} not fetched`];
  return [
    {
      name: 'L0 products',
      value: grouped(numbers.level0),
      note: level0Note(report, unknown),
    },
    { name: 'References', value: grouped(numbers.references), note: 'to auxiliary files' },
    { name: 'Distinct ADFs', value: grouped(numbers.distinctAdfs), note: `of ${numbers.adfTypes} types` },
    {
      name: 'Files here',
      value: grouped(numbers.filesHere),
      note: files.filter(Boolean).join(', ') || (numbers.filesHere === 0 ? 'none was named' : 'all of them'),
      bad: filesFailed > 0,
    },
    {
      name: 'Size',
      value: sizeOf(numbers.bytesHere),
      note: numbers.filesHere === 0 ? 'nothing to check' : 'checked for size and MD5',
    },
    {
      name: 'Checks passed',
      value: grouped(checksPassed),
      note: checksFailed === 0 ? 'none failed' : `${checksFailed} failed`,
      bad: checksFailed > 0,
    },
  ];
}

function level0Note({ baselines }: RunReport, unknown: number): string {
  const empty = baselines.filter(({ adfs }) => adfs.length === 0).length;
  const notes = [empty > 0 && `${empty} with an empty list`, unknown > 0 && `${unknown} unknown to the service`];
  return notes.filter(Boolean).join(', ') || 'with their baseline';
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
