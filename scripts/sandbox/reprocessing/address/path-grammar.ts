/** Addresses behind the service root, with the alternatives in the library's order. */
import { alt, into, list, literal, map, named, opt, seq, where, type Parser } from './combinators';
import { keyPredicate } from './expressions';
import { primitiveLiteral } from './literals';
import {
  actionImport,
  boundAction,
  entitySet,
  entityType,
  functionImport,
  functionName,
  identifier,
  missing,
  namespace,
  navigation,
  primitive,
  singleton,
  type Context,
} from './names';
import { entityOptions, formatOption, queryOptions } from './query-grammar';

const five = (parser: Parser): Parser => alt(parser, parser, parser, parser, parser);

const parameters = (() => {
  const value = alt<unknown>(seq(literal('@'), identifier), primitiveLiteral);
  const parameter = seq(identifier, literal('='), value);
  return seq(literal('('), opt(list(parameter, literal(','))), literal(')'));
})();

const boundOperation = alt(boundAction, five(seq(namespace, functionName, opt(parameters))));

const collectionEnd = alt<unknown>(literal('/$count'), seq(literal('/'), boundOperation));

/** What is behind a set: a type, a key, `$count`; the value is the type at the end. */
function behindCollection(context: Context): Parser<Context> {
  const cast = named(entityType, 'The URI contains an invalid path into a collection of entities');
  return into(opt(seq(literal('/'), cast)), (derived) => {
    const type = derived ?? context;
    const keyed = into(keyPredicate(type), () => map(opt(behindEntity(type)), (reached) => reached ?? type));
    const path = alt<Context>(
      keyed,
      map(alt(collectionEnd, literal('/$ref')), () => type),
    );
    return reaching(path, derived, type);
  });
}

/** What is behind one entity. */
function behindEntity(context: Context): Parser<Context> {
  const cast = named(entityType, 'The URI contains an invalid path into an entity');
  return into(opt(seq(literal('/'), cast)), (derived) => {
    const type = derived ?? context;
    const rest = alt(seq(literal('/'), boundOperation), literal('/$ref'), literal('/$value'));
    const path = alt<Context>(
      seq(literal('/'), property(type)),
      map(rest, () => undefined),
    );
    return reaching(path, derived, type);
  });
}

/** Either a type or a path must be there: an empty text is neither. */
function reaching(path: Parser<Context>, derived: Context, type: Context): Parser<Context> {
  const found = map(path, (reached) => ({ reached }));
  const either = where(opt(found), (value) => derived !== undefined || value !== undefined);
  return map(either, (value) => (value === undefined ? type : value.reached));
}

function property(context: Context): Parser<Context> {
  const end = opt(alt<unknown>(literal('/$value'), boundOperation));
  const nothing = (kind: string): Parser<Context> => map(missing(kind, context), () => undefined);
  return named(
    alt<Context>(
      into(navigation(context, 'single'), (type) => map(opt(behindEntity(type)), (reached) => reached ?? type)),
      into(navigation(context, 'many'), (type) => map(opt(behindCollection(type)), (reached) => reached ?? type)),
      nothing('complex single'),
      nothing('complex collection'),
      map(seq(primitive(context), end), () => undefined),
      nothing('primitive collection'),
      nothing('stream'),
    ),
    'The URI contains an invalid path to a property of an entity or complex object',
  );
}

const functionCall = (behind: Parser): Parser => seq(functionImport, opt(parameters), opt(behind));

const resource: Parser<Context> = alt<Context>(
  into(entitySet, (type) => map(opt(behindCollection(type)), (reached) => reached ?? type)),
  map(
    alt<unknown>(
      singleton,
      actionImport,
      five(functionCall(behindEntity(undefined))),
      seq(literal('$crossjoin('), list(entitySet, literal(',')), literal(')')),
      literal('$all'),
    ),
    () => undefined,
  ),
);

const entity = alt(
  seq(literal('$entity?'), entityOptions()),
  seq(literal('$entity/'), entityType, literal('?'), entityOptions()),
);

const metadata = seq(literal('$metadata'), opt(literal('/')), opt(seq(literal('?'), formatOption)), opt(literal('#')));

/** A whole address, decoded, from the slash behind the service root. */
export const address: Parser = alt<unknown>(
  seq(
    opt(literal('/')),
    alt<unknown>(
      literal('$batch'),
      entity,
      metadata,
      into(resource, (type) => opt(seq(literal('?'), queryOptions(type)))),
    ),
  ),
  seq(opt(literal('/')), opt(seq(literal('?'), formatOption))),
);
