import path from 'node:path';
import { Failure, type CaseProblem } from '../../errors/errors';
import { caseFiles } from './case-files';
import { createOwnFolders, type OwnFolders } from './own-folders';
import { parseCaseFile, type ParsedFile, type Placed } from './parse-case-file';
import { createSchemaReader } from './schema-files';

export type OwnCases = Pick<OwnFolders, 'folders' | 'variables'>;

/**
 * The cases of a folder (or of one file) as folders of the suite, by name, each with a sign-in first.
 * @throws Failure FILE_UNREADABLE; CASES_REFUSED with everything that is wrong, also where there is no case at all
 */
export async function readOwnCases(place: string): Promise<OwnCases> {
  const problems: CaseProblem[] = [];
  const parsed: ParsedFile[] = [];
  const files = await caseFiles(place);
  for (const file of files) {
    if ('problem' in file) problems.push(ofWhole(file.name, file.problem));
    else {
      const read = parseCaseFile(file);
      if ('file' in read) parsed.push(read);
      else problems.push(...read);
    }
  }
  if (files.length === 0) problems.push(ofWhole('', 'there is no case: no *.yaml, *.yml or *.json with "cases"'));
  const isFile = files.length === 1 && path.basename(place) === files[0]?.name;
  const root = isFile ? path.dirname(place) : place;
  const placed = parsed.flatMap((read): Placed[] => {
    const folder = read.file.folder ?? defaultName(root, read.name);
    return read.file.cases.map((item, index) => ({ folder, about: read.file.about, item, index, ...read }));
  });
  const own = await createOwnFolders(placed, createSchemaReader(root));
  problems.push(...own.problems);
  if (problems.length > 0) throw new Failure({ code: 'CASES_REFUSED', path: place, problems });
  return own;
}

const ofWhole = (file: string, problem: string): CaseProblem => ({ file, line: 1, column: 1, pointer: '', problem });

/** The folder that a file is in. */
function defaultName(root: string, name: string): string {
  const folder = path.posix.dirname(name);
  return folder === '.' ? path.basename(path.resolve(root)) : folder;
}
