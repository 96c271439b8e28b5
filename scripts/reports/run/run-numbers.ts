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
      note: unknown === 0 ? 'with their baseline' : `${unknown} unknown to the service`,
    },
    { name: 'References', value: grouped(numbers.references), note: 'to auxiliary files' },
    { name: 'Distinct ADFs', value: grouped(numbers.distinctAdfs), note: `of ${numbers.adfTypes} types` },
    {
      name: 'Files here',
      value: grouped(numbers.filesHere),
      note: files.filter(Boolean).join(', ') || 'all of them',
      bad: filesFailed > 0,
    },
    { name: 'Size', value: sizeOf(numbers.bytesHere), note: 'checked for size and MD5' },
    {
      name: 'Checks passed',
      value: grouped(checksPassed),
      note: checksFailed === 0 ? 'none failed' : `${checksFailed} failed`,
      bad: checksFailed > 0,
    },
  ];
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
