import type { WireRequest } from '../../../http/request';
import { FOUND, NOT_FOUND } from '../../../rdb/baseline';
import type { Faults } from '../../scenarios/faults';
import { afterService, beforeSite } from '../around';
import { BASELINE, changedText, editBaseline, editData, editEntries, editFiles, rowsOf } from '../edit-json';
import { inGroup } from '../mutant';

/** Names, links and messages of baselines (rdb.md#calls, rdb.md#answers). */
export const BASELINE_MUTANTS = inGroup('baselines', [
  {
    name: 'link-of-next-file',
    defect: 'the first two files of an entry have each other’s links',
    create: () =>
      editFiles((files) => {
        const [first, second, ...more] = files;
        if (first === undefined || second === undefined) return files;
        return [{ ...first, AuxipLink: second['AuxipLink'] }, { ...second, AuxipLink: first['AuxipLink'] }, ...more];
      }),
  },
  {
    name: 'link-to-unknown-id',
    defect: 'the last link of an entry leads to no product',
    create: () => lastLink(otherId),
  },
  {
    name: 'link-without-value',
    defect: 'links lead to the entry, not to its $value',
    create: () => links((link) => link.replace(/\/\$value$/, '')),
  },
  {
    name: 'link-relative',
    defect: 'links begin at the site, without its name',
    create: () => links((link) => link.replace(/^https?:\/\/[^/]+/, '')),
  },
  {
    name: 'link-inner-host',
    defect: 'links name a host behind the proxy',
    create: () => ({ linkRoot: 'http://auxip:8080/auxip.svc' }),
  },
  {
    name: 'link-quoted-id',
    defect: 'the id in links is quoted',
    create: () => links((link) => link.replace(/\(([^)]*)\)/, "('$1')")),
  },
  {
    name: 'link-double-slash',
    defect: 'links have two slashes behind auxip.svc',
    create: () => links((link) => link.replace('/auxip.svc/', '/auxip.svc//')),
  },
  {
    name: 'file-names-without-extension',
    defect: 'names of files come without their last extension',
    create: () => names((name) => name.replace(/\.[^.]+$/, '')),
  },
  {
    name: 'file-names-cut',
    defect: 'names of files end after 80 characters',
    create: () => names((name) => name.slice(0, 80)),
  },
  {
    name: 'last-file-missing',
    defect: 'the last file of every entry is missing',
    create: () => editFiles((files) => files.slice(0, -1)),
  },
  {
    name: 'foreign-file',
    defect: 'the first file of every entry comes a second time with its unit swapped',
    create: () =>
      editFiles((files) => [
        ...files,
        ...files.slice(0, 1).map((file) => changedText(file, 'Name', (name) => name.replace(/^(S\d)[AB]/, '$1B'))),
      ]),
  },
  {
    name: 'one-file-twice',
    defect: 'one file of every entry stands twice',
    create: () => editFiles((files) => [...files, ...files.slice(0, 1)]),
  },
  {
    name: 'level0-without-extension',
    defect: 'Level0 echoes the name without its extension',
    create: () => editEntries((entry) => changedText(entry, 'Level0', (name) => name.replace(/\.zip$|\.tar$/, ''))),
  },
  {
    name: 'message-always-found',
    defect: 'Message says that the Level-0 product was found, also of one that was not',
    create: () => ({ entry: (entry) => ({ ...entry, message: FOUND }) }),
  },
  {
    name: 'message-never-found',
    defect: 'Message warns that the Level-0 product was not found, also of one that was',
    create: () => ({ entry: (entry) => ({ ...entry, message: NOT_FOUND }) }),
  },
  {
    name: 'unknown-level0-empty',
    defect: 'a Level-0 product that is not in the database gets no files',
    create: () => ({ entry: (entry) => (entry.message === NOT_FOUND ? { ...entry, adfs: [] } : entry) }),
  },
  {
    name: 'unknown-level0-left-out',
    defect: 'a Level-0 product that is not in the database has no entry',
    create: () => editBaseline((entries) => entries.filter(({ Message: message }) => message !== NOT_FOUND)),
  },
  {
    name: 'last-name-lost',
    defect: 'the last of several l0_names is lost',
    create: () => askedNames((list) => (list.length > 1 ? list.slice(0, -1) : list)),
  },
  {
    name: 'repeated-name-twice',
    defect: 'a name that stands twice in l0_names has two entries',
    create: () =>
      afterService(BASELINE, (reply, { path }) =>
        editData(reply, (json) => {
          const times = (name: unknown) => path.split(String(name)).length - 1;
          return {
            ...json,
            value: rowsOf(json, 'value').flatMap((entry) => (times(entry['Level0']) > 1 ? [entry, entry] : [entry])),
          };
        }),
      ),
  },
  {
    name: 'first-name-for-all',
    defect: 'all of several l0_names get the files of the first entry',
    create: () =>
      editBaseline((entries) =>
        entries.map((entry) => ({ ...entry, AuxDataFiles: rowsOf(entries[0] ?? {}, 'AuxDataFiles') })),
      ),
  },
  {
    name: 'order-of-names-matters',
    defect: 'the second and further l0_names lose the last file of their entry',
    create: () =>
      editBaseline((entries) =>
        entries.map((entry, index) =>
          index === 0 ? entry : { ...entry, AuxDataFiles: rowsOf(entry, 'AuxDataFiles').slice(0, -1) },
        ),
      ),
  },
  {
    name: 'interval-entries-lose-file',
    defect: 'asked by interval, every entry lacks the last file that it has when asked by name',
    create: () => ({
      aroundService: (request, answer) => {
        const around = isByInterval(request) ? editFiles((files) => files.slice(0, -1)).aroundService : undefined;
        return around === undefined ? answer(request) : around(request, answer);
      },
    }),
  },
  {
    name: 'wrong-unit-answered',
    defect: 'a Level-0 product of another unit than the one asked for gets files all the same',
    create: () =>
      beforeSite((request) => {
        const unit = /l0_names(?:=|%3D)(?:'|%27)S\d([AB])/.exec(request.path)?.[1];
        return unit === undefined
          ? request
          : { ...request, path: request.path.replace(/(unit(?:=|%3D)(?:'|%27))[AB]/, `$1${unit}`) };
      }),
  },
]);

function links(change: (link: string) => string): Faults {
  return editFiles((files) => files.map((file) => changedText(file, 'AuxipLink', change)));
}

function names(change: (name: string) => string): Faults {
  return editFiles((files) => files.map((file) => changedText(file, 'Name', change)));
}

function lastLink(change: (link: string) => string): Faults {
  return editFiles((files) =>
    files.map((file, index) => (index === files.length - 1 ? changedText(file, 'AuxipLink', change) : file)),
  );
}

function otherId(link: string): string {
  return link.replace(/\((.{8})/, '(00000000');
}

/** The names of a call as the service reads them. */
function askedNames(change: (names: readonly string[]) => readonly string[]): Faults {
  return beforeSite((request) => ({
    ...request,
    path: request.path.replace(
      /(l0_names(?:=|%3D)(?:'|%27))(.*?)(?='|%27)/,
      (_match, before: string, list: string) => before + change(list.split(/,|%2C/)).join(','),
    ),
  }));
}

function isByInterval({ path }: WireRequest): boolean {
  return /start(?:=|%3D)/.test(path);
}
