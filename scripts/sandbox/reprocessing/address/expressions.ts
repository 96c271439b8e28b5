/** Expressions of $filter and $orderby, with the alternatives in the library's order. */
import { alt, into, lazy, list, literal, named, never, opt, pattern, seq, type Parser } from './combinators';
import { primitiveLiteral } from './literals';
import {
  entitySet,
  entityType,
  functionName,
  identifier,
  keyProperty,
  missing,
  namespace,
  navigation,
  primitive,
  qualifiedName,
  singleton,
  type Context,
} from './names';

const OPEN = pattern(String.raw`\(\s*`);
const CLOSE = pattern(String.raw`\s*\)`);
const COMMA = pattern(String.raw`\s*,\s*`);
const word = (text: string): Parser => pattern(String.raw`\s+${text}\s+`);
const times = (count: number, parser: Parser): Parser => alt(...Array.from({ length: count }, () => parser));
const alias = seq(literal('@'), identifier);

/** By context, so that grammars are made once. */
function cached(make: (context: Context) => Parser): (context: Context) => Parser {
  const made = new Map<Context, Parser>();
  return (context) => {
    const parser = made.get(context) ?? make(context);
    made.set(context, parser);
    return parser;
  };
}

export const keyPredicate = cached((context) =>
  alt(
    seq(literal('('), primitiveLiteral, literal(')')),
    seq(literal('('), list(seq(keyProperty(context), literal('='), primitiveLiteral), literal(',')), literal(')')),
  ),
);

export const commonExpression: (context: Context) => Parser = cached((context) => {
  const whole = lazy(() => commonExpression(context));
  const product = lazy(() => productOf(context));
  return seq(product, opt(alt(seq(word('add'), whole), seq(word('sub'), whole))));
});

const productOf: (context: Context) => Parser = cached((context) => {
  const product = lazy(() => productOf(context));
  const factors = ['mul', 'div', 'mod'].map((operator) => seq(word(operator), product));
  return seq(
    lazy(() => operand(context)),
    opt(alt(...factors)),
  );
});

const operand: (context: Context) => Parser = cached((context) => {
  const whole = lazy(() => commonExpression(context));
  return alt<unknown>(
    primitiveLiteral,
    alias,
    never('JSON data not yet supported'),
    seq(literal('$root/'), alt<unknown>(into(entitySet, keyPredicate), singleton)),
    functions(context),
    seq(
      pattern(String.raw`-\s*`),
      lazy(() => operand(context)),
    ),
    seq(METHOD, named(seq(OPEN, opt(list(whole, COMMA)), CLOSE), 'Invalid method call arguments')),
    seq(OPEN, whole, CLOSE),
    typeTest('cast', whole),
    member(context),
    seq(
      literal('$it'),
      opt(
        seq(
          literal('/'),
          lazy(() => member(undefined)),
        ),
      ),
    ),
  );
});

const METHODS =
  'length indexof substring tolower toupper trim concat year month day hour minute second fractionalseconds totalseconds date time totaloffsetminutes mindatetime maxdatetime now round floor ceiling geo.distance geo.length';
const METHOD = named(alt(...METHODS.split(' ').map(literal)), 'Expected a method name');

const functions = cached((context) =>
  times(
    5,
    seq(
      namespace,
      functionName,
      literal('('),
      list(
        seq(
          identifier,
          literal('='),
          alt(
            alias,
            lazy(() => commonExpression(context)),
          ),
        ),
        literal(','),
      ),
      literal(')'),
    ),
  ),
);

/** `cast` or `isof`: a type, behind an expression or alone. */
function typeTest(name: 'cast' | 'isof', expression: Parser): Parser {
  return seq(pattern(String.raw`${name}\(\s*`), opt(seq(expression, COMMA)), alt(qualifiedName), CLOSE);
}

const member: (context: Context) => Parser = cached((context) =>
  into(opt(seq(entityType, literal('/'))), () => alt(path(context), functions(context))),
);

const path: (context: Context) => Parser = cached((context) =>
  alt<unknown>(
    into(navigation(context, 'single'), (type) =>
      opt(
        seq(
          literal('/'),
          lazy(() => member(type)),
        ),
      ),
    ),
    into(navigation(context, 'many'), (type) => opt(collection(type))),
    missing('complex single', context),
    missing('complex collection', context),
    seq(primitive(context), opt(seq(literal('/'), functions(undefined)))),
    missing('primitive collection', context),
    missing('stream', context),
  ),
);

const collection: (context: Context) => Parser = cached((context) => {
  const predicate = seq(
    identifier,
    pattern(String.raw`\s*:\s*`),
    lazy(() => booleanExpression(context)),
  );
  const lambda = alt(
    functions(context),
    seq(pattern(String.raw`any\(\s*`), opt(predicate), CLOSE),
    seq(pattern(String.raw`all\(\s*`), predicate, CLOSE),
  );
  const end = alt(literal('/$count'), seq(literal('/'), lambda));
  return seq(
    opt(seq(literal('/'), entityType)),
    alt<unknown>(
      seq(
        keyPredicate(context),
        opt(
          seq(
            literal('/'),
            lazy(() => member(context)),
          ),
        ),
      ),
      end,
    ),
  );
});

/** Operands with an operator between them, the rest being such a chain again. */
function chain(operator: string, operandOf: (context: Context) => Parser): (context: Context) => Parser {
  const whole: (context: Context) => Parser = cached((context) =>
    seq(
      lazy(() => operandOf(context)),
      opt(
        seq(
          word(operator),
          lazy(() => whole(context)),
        ),
      ),
    ),
  );
  return whole;
}

export const booleanExpression = chain('or', (context) => conjunction(context));

const conjunction = chain('and', (context) => condition(context));

const condition: (context: Context) => Parser = cached((context) => {
  const whole = lazy(() => commonExpression(context));
  const operators = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'has'].map((operator) => seq(word(operator), whole));
  return alt<unknown>(
    typeTest('isof', whole),
    seq(
      alt(...['contains', 'startswith', 'endswith', 'geo.intersects'].map(literal)),
      OPEN,
      opt(list(whole, COMMA)),
      CLOSE,
    ),
    seq(
      pattern(String.raw`not\s+`),
      lazy(() => condition(context)),
    ),
    seq(whole, alt(...operators)),
    seq(
      OPEN,
      lazy(() => booleanExpression(context)),
      CLOSE,
    ),
  );
});
