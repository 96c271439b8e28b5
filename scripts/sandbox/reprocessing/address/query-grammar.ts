/** Query options, with the alternatives in the library's order. */
import { alt, lazy, list, literal, map, named, never, opt, pattern, seq, type Parser } from './combinators';
import { booleanExpression, commonExpression } from './expressions';
import { booleanLiteral } from './literals';
import {
  entityType,
  entityTypeName,
  identifier,
  missing,
  namespace,
  navigation,
  primitive,
  type Context,
} from './names';
import { into } from './combinators';

/** What the library's authors left open: it cannot be read, nor refused. */
export class NotImplementedInLibrary extends Error {}
/** A number too large for Java. */
export class NumberTooLarge extends Error {}

function option(name: string, value: Parser): Parser {
  return named(seq(literal(`${name}=`), value), `The URI contains an incorrectly specified ${name} option`);
}

const wholeNumber = map(pattern(String.raw`\d+`), (text) => {
  if (Number(text) > 2_147_483_647) throw new NumberTooLarge(text);
  return text;
});
const mediaTypePart = pattern(String.raw`([A-Za-z0-9\-\._~:@\$\&'=!\(\)\*\+,;])+`);
export const formatOption = seq(
  literal('$format='),
  alt<unknown>(
    pattern('(?i)atom'),
    pattern('(?i)json'),
    pattern('(?i)xml'),
    seq(mediaTypePart, literal('/'), mediaTypePart),
  ),
);
const format = named(formatOption, 'The URI contains an incorrectly specified $format option');
const id = seq(literal('$id='), pattern('[^&]+'));
const count = option('$count', booleanLiteral);
const skip = option('$skip', wholeNumber);
const top = option('$top', wholeNumber);
const levels = seq(literal('$levels='), alt(wholeNumber, literal('max')));
const search = named(
  seq(pattern(String.raw`\$search=\s*`), () => {
    throw new NotImplementedInLibrary();
  }),
  'The URI contains an incorrectly specified $search option',
);
const apply = option('$apply', seq(named(literal('groupby'), 'Expected a method name'), never('Expected words')));
const skipToken = seq(literal('$skiptoken='), pattern(String.raw`([A-Za-z0-9\-\._~!\(\)\*\+,;:@/\?\$'=])+`));
const custom = seq(
  pattern(String.raw`[A-Za-z0-9\-\._~!\(\)\*\+,;:/\?']([A-Za-z0-9\-\._~!\(\)\*\+,;:@/\?\$'])*`),
  opt(seq(literal('='), pattern(String.raw`([A-Za-z0-9\-\._~!\(\)\*\+,;:@/\?\$'=])*`))),
);

function filter(context: Context): Parser {
  return option(
    '$filter',
    lazy(() => booleanExpression(context)),
  );
}

function orderBy(context: Context): Parser {
  const direction = opt(seq(pattern(String.raw`\s+`), alt(literal('asc'), literal('desc'))));
  return option(
    '$orderby',
    list(
      seq(
        lazy(() => commonExpression(context)),
        direction,
      ),
      literal(','),
    ),
  );
}

const ofType = opt(seq(entityTypeName, literal('/')));

function select(context: Context): Parser {
  const path = alt<unknown>(
    missing('complex single', context),
    missing('complex collection', context),
    primitive(context),
    missing('primitive collection', context),
    navigation(context, 'any'),
  );
  const item = alt<unknown>(
    literal('*'),
    seq(namespace, literal('*')),
    seq(ofType, path),
    seq(ofType, never('Actions are not supported')),
    seq(ofType, never('Functions are not supported')),
  );
  return option('$select', list(item, literal(',')));
}

function expand(context: Context): Parser {
  const segment = seq(
    ofType,
    alt<Context>(
      into(missing('complex single', context), () => never('')),
      into(missing('complex collection', context), () => never('')),
      into(navigation(context, 'any'), (type) => map(opt(seq(literal('/'), entityType)), (cast) => cast ?? type)),
    ),
  );
  const inside = (options: (type: Context) => Parser) => (type: Context) =>
    opt(
      seq(
        literal('('),
        list(
          lazy(() => options(type)),
          literal(';'),
        ),
        literal(')'),
      ),
    );
  const ofCount = (type: Context): Parser => alt(filter(type), search);
  const ofRef = (type: Context): Parser => alt(ofCount(type), orderBy(type), skip, top, count);
  const ofPath = (type: Context): Parser => alt(ofRef(type), select(type), apply, expand(type), levels);
  const behind = (suffix: string, options: (type: Context) => Parser): Parser =>
    into(segment, (type) => seq(literal(suffix), inside(options)(type)));
  const path = alt(behind('/$ref', ofRef), behind('/$count', ofCount), into(segment, inside(ofPath)));
  const item = alt<unknown>(
    literal('*/$ref'),
    seq(literal('*'), opt(seq(literal('('), levels, literal(')')))),
    named(path, 'The URI contains an invalid $expand path'),
  );
  return seq(literal('$expand='), list(item, literal(',')));
}

export function queryOptions(context: Context): Parser {
  const system = [
    expand(context),
    filter(context),
    format,
    id,
    count,
    orderBy(context),
    search,
    select(context),
    skip,
    skipToken,
    top,
    apply,
  ];
  const alias = seq(literal('@'), identifier, literal('='), commonExpression(context));
  return list(alt<unknown>(...system, alias, custom), literal('&'));
}

/** Of an entity named by $id: few besides it. */
export function entityOptions(more: readonly Parser[] = []): Parser {
  return list(alt<unknown>(format, id, custom, ...more), literal('&'));
}
