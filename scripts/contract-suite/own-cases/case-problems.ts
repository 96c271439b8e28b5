/** What is wrong with a case beyond its form. Each problem with the keys, within the case, that lead to it. */
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { SERVICES } from '../../services/services';
import type { OwnCase, OwnExpectation, OwnRequest } from './case-file';
import { templateProblems } from './own-variables';

export type Located = readonly [keys: readonly (string | number)[], problem: string];

/** Saved by no case before this one. */
export type Later = ReadonlySet<string>;

export function caseProblems(item: OwnCase, later: Later): Located[] {
  return [
    ...urlProblems(item.request.url, later).map((problem): Located => [['request', 'url'], problem]),
    ...headerProblems(item.request, later),
    ...expectationProblems(item.expect, later),
    ...textProblems(item),
  ];
}

const ROOTS = ['site_url', ...Object.values(SERVICES).map(({ rootVariable }) => rootVariable)];
/** What follows a root cannot change its host. */
const BEGINNING = new RegExp(`^\\{\\{(?:${ROOTS.join('|')})\\}\\}(?:[/?]|$)`);
/** Ways to send another method than that of the request. */
const OVERRIDE = /[?&](?:_method|x-http-method(?:-override)?)=/i;

function urlProblems(url: string, later: Later): string[] {
  const isOurs = BEGINNING.test(url);
  const roots = ROOTS.map((name) => `{{${name}}}`).join(', ');
  return [
    ...(isOurs ? [] : [`must begin with one of ${roots}: the token is sent to the services of the environment only`]),
    ...(hasControl(url) ? ['has a control character'] : []),
    ...(url.includes('#') ? ['has a #: write %23'] : []),
    ...(url.includes('\\') ? ['has a backslash: write %5C'] : []),
    ...(OVERRIDE.test(url) ? ['changes the method of the request: auxflow writes nothing to the services'] : []),
    ...templateProblems(url, later),
  ];
}

const hasControl = (text: string): boolean => /\p{Cc}/u.test(text);

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const OURS = /^(?:authorization|proxy-authorization|cookie|user-agent)$/i;
const FRAMING = /^(?:host|content-length|transfer-encoding|connection|expect|upgrade|te|trailer)$/i;
const METHOD_OVERRIDE = /^x-(?:http-)?method(?:-override)?$/i;

function headerProblems({ headers = {} }: OwnRequest, later: Later): Located[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const problems = [
      ...(HEADER_NAME.test(name) ? [] : ['is not the name of a header']),
      ...(OURS.test(name) ? ['is set by auxflow'] : []),
      ...(FRAMING.test(name) ? ['is set by the connection'] : []),
      ...(METHOD_OVERRIDE.test(name)
        ? ['changes the method of the request: auxflow writes nothing to the services']
        : []),
      ...(hasControl(value) ? ['has a control character'] : []),
      ...templateProblems(value, later),
    ];
    return problems.map((problem): Located => [['request', 'headers', name], problem]);
  });
}

function expectationProblems({ headers = {}, text, body = [], status }: OwnExpectation, later: Later): Located[] {
  const isEmpty = Array.isArray(status) && status.length === 0;
  return [
    ...(isEmpty ? [[['expect', 'status'], 'must have a status'] as const] : []),
    ...Object.entries(headers).flatMap(([name, pattern]): Located[] => [
      ...(HEADER_NAME.test(name) ? [] : [[['expect', 'headers', name], 'is not the name of a header'] as const]),
      ...patternProblems(pattern ?? undefined, ['expect', 'headers', name]),
    ]),
    ...patternProblems(text, ['expect', 'text']),
    ...body.flatMap((member, index): Located[] => {
      const { equals, matches, schema, exists } = member;
      const place = ['expect', 'body', index] as const;
      const isAsked = 'equals' in member || matches !== undefined || schema !== undefined || exists !== undefined;
      const unfilled = typeof equals === 'string' ? templateProblems(equals, later) : [];
      return [
        ...(isAsked ? [] : [[place, 'must say what is expected: equals, matches, schema or exists'] as const]),
        ...unfilled.map((problem): Located => [[...place, 'equals'], problem]),
        ...patternProblems(matches, [...place, 'matches']),
      ];
    }),
  ];
}

function patternProblems(pattern: string | undefined, keys: readonly (string | number)[]): Located[] {
  if (pattern === undefined) return [];
  if (pattern.includes('{{')) return [[keys, 'has {{: variables are not filled in here']];
  try {
    new RegExp(pattern);
    return [];
  } catch (error) {
    return [[keys, `is not a regular expression: ${error instanceof Error ? error.message : ''}`]];
  }
}

/** What is printed, and the names that saved values get. */
function textProblems({ name, says = '', cite = '', save = {} }: OwnCase): Located[] {
  return [
    ...Object.entries({ name, says, cite })
      .filter(([, text]) => hasControl(text))
      .map(([key]): Located => [[key], 'has a control character or a line break']),
    ...(/^\w+:\/\//.test(cite) && !isLink(cite) ? [[['cite'], 'is a link that is not http or https'] as const] : []),
    ...Object.keys(save)
      .filter((key) => !/^[A-Za-z_]\w{0,63}$/.test(key) || isBuiltIn(key))
      .map((key): Located => [['save', key], 'is not a name: letters, digits and _, not a digit first']),
  ];
}

const isBuiltIn = (key: string): boolean => key in Object.prototype;

export const isLink = (cite: string): boolean => /^https?:\/\/[^\s/?#@]+(?:[/?#]|$)/i.test(cite) && URL.canParse(cite);

/** What is wrong with a JSON Schema (draft-07): the suite's engine could not use it. */
export function schemaProblem(schema: object): string | undefined {
  const ajv = new Ajv({
    strictSchema: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    logger: false,
  });
  addFormats(ajv);
  try {
    ajv.compile(schema);
    return undefined;
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : '').split('\n');
    return `is not a JSON Schema (draft-07): ${reason}`;
  }
}
