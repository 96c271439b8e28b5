import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { DOMParser, type Element } from '@xmldom/xmldom';

/**
 * What readers of JUnit XML allow, as rules: of Jenkins' xUnit plugin (jenkinsci/xunit-plugin, junit-10.xsd, MIT) and of the schema for
 * Ant's JUnit task (windyroad/JUnit-Schema, JUnit.xsd, Apache-2.0). The schemas were read and are not copied; a folder that has them under
 * these names can be named in AUXFLOW_JUNIT_XSD, and xmllint (libxml2-utils) then validates by them, too.
 */
interface ElementRule {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  /** In this order; `*`: any number, `?`: at most one. */
  readonly children?: string;
  readonly isText?: boolean;
}
type Rules = Readonly<Record<string, ElementRule>>;

const text = (...required: string[]): ElementRule => ({ required, optional: ['message', 'type'], isText: true });
const output: ElementRule = { required: [], isText: true };
const property: ElementRule = { required: ['name', 'value'] };

const JENKINS: Rules = {
  testsuites: { required: [], optional: ['name', 'time', 'tests', 'failures', 'errors'], children: '(testsuite )*' },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: [...['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url']],
    children: '((testsuite|properties|testcase|system-out|system-err) )*',
  },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: '((skipped|error|failure|system-out|system-err) )*',
  },
  properties: { required: [], children: '(property )*' },
  ...{ property, failure: text(), error: text(), skipped: text(), 'system-out': output, 'system-err': output },
};

const ANT: Rules = {
  testsuites: { required: [], children: '(testsuite )*' },
  testsuite: {
    required: [...['package', 'id', 'name', 'timestamp', 'hostname', 'tests', 'failures', 'errors', 'time']],
    optional: ['skipped'],
    children: 'properties (testcase )*system-out system-err ',
  },
  testcase: { required: ['name', 'classname', 'time'], children: '((skipped|error|failure) )?' },
  properties: { required: [], children: '(property )*' },
  ...{ property, failure: text('type'), error: text('type'), skipped: text() },
  ...{ 'system-out': output, 'system-err': output },
};

const VALUES: Readonly<Record<string, RegExp>> = {
  time: /^\d+(\.\d+)?$/,
  timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
  ...{ id: /^\d+$/, tests: /^\d+$/, failures: /^\d+$/, errors: /^\d+$/, skipped: /^\d+$/ },
};

/** What the two schemas would object to, and what makes readers lose cases: two of one name, counts that are not those of the cases, failures without text. */
export function junitProblems(xml: string): string[] {
  const document = new DOMParser({
    onError: (_level, message) => {
      throw new Error(message);
    },
  }).parseFromString(xml, 'text/xml');
  const root = document.documentElement;
  if (root?.tagName !== 'testsuites') return ['the root is not testsuites'];
  const all = [root, ...elementsOf(root)];
  return [
    ...schemaProblems(xml),
    ...Object.entries({ JENKINS, ANT }).flatMap(([name, rules]) =>
      all.flatMap((element) => problemsOf(element, rules).map((problem) => `${name}: ${problem}`)),
    ),
    ...namesTwice(all),
    ...all.filter(({ tagName }) => tagName === 'testsuite').flatMap(wrongCounts),
    ...all
      .filter(({ tagName, textContent }) => /^(failure|error)$/.test(tagName) && !textContent?.trim())
      .map(({ tagName }) => `a ${tagName} without text`),
  ];
}

function schemaProblems(xml: string): string[] {
  const folder = process.env.AUXFLOW_JUNIT_XSD;
  if (!folder) return [];
  return ['junit-10.xsd', 'JUnit.xsd'].flatMap((name) => {
    const words = ['--noout', '--schema', path.join(folder, name), '-'];
    const { status, stderr, error } = spawnSync('xmllint', words, { input: xml, encoding: 'utf8' });
    return status === 0 ? [] : [`${name}: ${error?.message ?? stderr}`];
  });
}

const elementsOf = (parent: Element): Element[] => [...parent.getElementsByTagName('*')];

function problemsOf(element: Element, rules: Rules): string[] {
  const { tagName } = element;
  const rule = rules[tagName];
  if (!rule) return [`element ${tagName}`];
  const names = [...element.attributes].map(({ name }) => name);
  const allowed = [...rule.required, ...(rule.optional ?? [])];
  const children = elementsOf(element).filter(({ parentNode }) => parentNode === element);
  const sequence = children.map((child) => `${child.tagName} `).join('');
  const own = [...element.childNodes].some(({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim());
  return [
    ...names.filter((name) => !allowed.includes(name)).map((name) => `${tagName}@${name} is not allowed`),
    ...rule.required.filter((name) => !names.includes(name)).map((name) => `${tagName}@${name} is missing`),
    ...names
      .filter((name) => !(VALUES[name] ?? /^/).test(element.getAttribute(name) ?? ''))
      .map((name) => `${tagName}@${name} is ${element.getAttribute(name) ?? ''}`),
    ...(new RegExp(`^${rule.children ?? ''}$`).test(sequence) ? [] : [`${tagName} has ${sequence}`]),
    ...(own && !rule.isText ? [`${tagName} has text`] : []),
  ];
}

function namesTwice(all: readonly Element[]): string[] {
  const ids = all
    .filter(({ tagName }) => tagName === 'testcase')
    .map((item) => `${item.getAttribute('classname') ?? ''} / ${item.getAttribute('name') ?? ''}`.replace(/\s+/g, ' '));
  return [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))].map((id) => `twice: ${id}`);
}

function wrongCounts(suite: Element): string[] {
  const counted = { tests: 'testcase', failures: 'failure', errors: 'error', skipped: 'skipped' };
  return Object.entries(counted)
    .filter(([name, tag]) => Number(suite.getAttribute(name)) !== suite.getElementsByTagName(tag).length)
    .map(([name]) => `${suite.getAttribute('name') ?? ''}: ${name} is ${suite.getAttribute(name) ?? ''}`);
}
