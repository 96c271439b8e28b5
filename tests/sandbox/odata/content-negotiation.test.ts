import { describe, expect, it } from 'vitest';
import { negotiate, negotiateError } from '../../../scripts/sandbox/odata/content-negotiation';
import { ODataError } from '../../../scripts/sandbox/odata/odata-error';

const typeFor = (accept?: string, format?: string) =>
  negotiate('data', accept === undefined ? {} : { accept }, format).contentType;
const range = (text: string) => `The content-type range '${text}' is not supported as value of the Accept header.`;

describe('content negotiation (rdb.md#formats-and-methods, auxip.md#query-options)', () => {
  it.each([
    [undefined, undefined, 'application/json; odata.metadata=minimal'],
    ['*/*', undefined, 'application/json; odata.metadata=minimal'],
    ['application/*', undefined, 'application/json; odata.metadata=minimal'],
    ['APPLICATION/JSON;ODATA.METADATA=FULL', undefined, 'application/json; odata.metadata=full'],
    ['application/json;charset=UTF-8', undefined, 'application/json; odata.metadata=minimal;charset=utf-8'],
    [
      'application/json;IEEE754Compatible=true',
      undefined,
      'application/json; ieee754compatible=true; odata.metadata=minimal',
    ],
    ['text/html,application/xml;q=0.9,*/*;q=0.8', undefined, 'application/xml'],
    ['application/atom+xml', undefined, 'application/atom+xml'],
    ['text/html', 'JSON', 'application/json; odata.metadata=minimal'],
    ['text/html', 'atom', 'application/atom+xml'],
    ['application/json,', undefined, 'application/json; odata.metadata=minimal'],
    ['application/json;;', undefined, 'application/json; odata.metadata=minimal'],
    [undefined, 'application/json;q=2', 'application/json; odata.metadata=minimal'],
  ])('Accept %s, $format %s → %s', (accept, format, expected) => expect(typeFor(accept, format)).toBe(expected));

  it.each([
    ['text/html', undefined, 406, range('text/html')],
    ['text/html,image/png', undefined, 406, range('text/html,image/png')],
    ['application/json; odata.metadata=some', undefined, 406, range('application/json; odata.metadata=some')],
    ['garbage', undefined, 400, range(' garbage')],
    ['text/html,garbage', undefined, 400, range(' garbage')],
    ['*/json', undefined, 400, range('*/json')],
    ['application/json;q=2', undefined, 400, range('application/json;q=2')],
    [undefined, 'application/nothing', 406, "The $format option 'application/nothing' is not supported."],
    [undefined, 'text/*', 400, "The $format option 'text/*' is not supported."],
    [undefined, 'application/json;charset=x', 406, "The $format option 'application/json;charset=x' is not supported."],
    ['application/json;', undefined, 400, range('An empty parameter is not allowed.')],
    [undefined, 'toString/x', 406, "The $format option 'toString/x' is not supported."],
  ])('Accept %s, $format %s → %i %s', (accept, format, status, message) => {
    expect(() => typeFor(accept, format)).toThrow(
      expect.objectContaining({ status, message, code: null }) as ODataError,
    );
  });

  it('offers media streams and metadata in types of their own', () => {
    expect(negotiate('media', { accept: '*/*' }).contentType).toBe('application/octet-stream');
    expect(() => negotiate('media', { accept: 'application/json' })).toThrow(range('application/json'));
    expect(negotiate('metadata', {}).contentType).toBe('application/xml');
    expect(negotiate('metadata', {}, 'json').contentType).toBe('application/json');
  });

  it('takes UTF-8 and no other charset', () => {
    expect(negotiate('data', { 'accept-charset': 'utf-8' }).contentType).toContain('charset=utf-8');
    expect(() => negotiate('data', { 'accept-charset': 'iso-8859-1' })).toThrow(
      "The charset specified in Accept charset header 'iso-8859-1' is not supported.",
    );
    expect(() => negotiate('data', { 'accept-charset': 'utf-8;q=a' })).toThrow(
      "The Accept charset header 'utf-8;q=a' is not supported.",
    );
  });

  it('writes errors as JSON when Accept asks for the impossible', () => {
    expect(negotiateError({ accept: 'text/html' }).form).toBe('json');
    expect(negotiateError({ accept: 'application/xml' }).form).toBe('xml');
  });
});
