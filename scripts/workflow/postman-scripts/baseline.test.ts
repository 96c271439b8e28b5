import schema from 'schema:rdb.baseline';
import { expectJson, expectSchema } from './shared/answer';
import { downloadLimit, keepWaiting, waitingFiles, type AuxiliaryFile } from './shared/auxiliary-files';
import { inOrder, level0Times } from '../../sentinel/level0-times';
import { showBaseline } from './shared/show-baseline';
import { variable } from './shared/variables';
import type { BaselineAnswer } from '../../services/schema/types/BaselineAnswer';

type Entry = BaselineAnswer['value'][number];

/** By names when the call names them, by interval otherwise: both requests share this script. */
const byNames = pm.request.url.toString().includes('l0_names=');

expectJson(200);
const answer = expectSchema('data baseline', schema) as BaselineAnswer | undefined;
if (answer) {
  expectRightLevel0(answer.value);
  expectAuxiliaryFiles(answer.value);
  expectConfiguredLinks(answer.value);
  keepWaiting(distinctFiles(answer.value).slice(0, downloadLimit()));
  showBaseline(answer.value);
}

function expectRightLevel0(entries: readonly Entry[]): void {
  if (byNames) {
    pm.test('Exactly the Level-0 products asked for are answered', () => {
      const asked = [...new Set(variable('l0_names').split(','))].filter((name) => name !== '');
      pm.expect(inOrder(entries.map((entry) => entry.Level0))).to.eql(inOrder(asked));
    });
    return;
  }
  // A campaign asks in windows of a day, of which some hold none; it looks at all of them together.
  if (variable('interval_may_be_empty') !== 'true') {
    pm.test('The interval holds at least one Level-0 product', () => {
      pm.expect(entries.length, 'the service knows no Level-0 product wholly inside the interval').to.be.above(0);
    });
  }
  pm.test('Every Level-0 product lies inside the interval', () => {
    const [start, stop] = [Date.parse(variable('start')), Date.parse(variable('stop'))];
    const outside = entries
      .map((entry) => entry.Level0)
      .filter((name) => {
        const times = level0Times(name);
        return times !== undefined && (times.start < start || times.stop > stop);
      });
    pm.expect(outside).to.eql([]);
  });
}

function expectAuxiliaryFiles(entries: readonly Entry[]): void {
  pm.test('Every Level-0 product is of the mission and unit asked for', () => {
    const prefix = variable('mission').slice(0, 2) + variable('unit');
    pm.expect(entries.map((entry) => entry.Level0).filter((name) => !name.trim().startsWith(prefix))).to.eql([]);
  });
  pm.test('Every Level-0 product has auxiliary files', () => {
    const empty = entries.filter((entry) => entry.AuxDataFiles.length === 0).map((entry) => entry.Level0);
    pm.expect(empty, 'an empty list is how this service says that mission, unit or product type do not fit').to.eql([]);
  });
}

function expectConfiguredLinks(entries: readonly Entry[]): void {
  pm.test('Every link leads to the configured auxip.svc', () => {
    const root = `${variable('auxip_root_uri')}/Products(`;
    const foreign = entries.flatMap((entry) => entry.AuxDataFiles).filter((file) => !file.AuxipLink.startsWith(root));
    pm.expect(foreign.map((file) => file.AuxipLink).slice(0, 5)).to.eql([]);
  });
}

/** Files waiting already (by names and by interval may both have been sent) and those of this answer, each once. */
function distinctFiles(entries: readonly Entry[]): AuxiliaryFile[] {
  const files = new Map(waitingFiles().map((file) => [file.id, file]));
  const root = `${variable('auxip_root_uri')}/Products(`;
  for (const { Name, AuxipLink } of entries.flatMap((entry) => entry.AuxDataFiles)) {
    // A link that leads elsewhere is a failed check, and no file to look at.
    if (!AuxipLink.startsWith(root)) continue;
    const id = /Products\(([0-9a-f-]+)\)/.exec(AuxipLink)?.[1] ?? '';
    files.set(id, { id, name: Name.trim(), link: AuxipLink });
  }
  return [...files.values()];
}
