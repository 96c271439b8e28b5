import {
  EDM_BOOLEAN,
  EDM_DOUBLE,
  EDM_STRING,
  findType,
  isCompatible,
  navigationProperty,
  primitive,
  structuralProperty,
  type Edm,
  type EdmType,
  type StructuredType,
} from './edm';
import { booleanExpression, type Expression, type PathPart } from './expression';
import {
  isEnumerable,
  literal,
  requireBoolean,
  requireComparable,
  requireMember,
  requireNegatable,
  requireNumber,
  requireOrdered,
  requireSingle,
  requireType,
  typeOfSum,
} from './expression-types';
import { METHODS } from './methods';
import { badRequest, malformedUri, uncaught } from './odata-error';
import { LITERALS, MAXIMUM_DEPTH, type Token, type Tokenizer } from './tokenizer';

interface Variable {
  readonly name: string;
  readonly type: EdmType;
}

/** What a path has reached: type and cast of its last part. */
interface Reached {
  readonly type: EdmType;
  readonly isCollection: boolean;
}

/** Parses common expressions (OData ABNF `commonExpr`) over the properties of a type. */
export class ExpressionParser {
  private readonly variables: Variable[] = [];
  private depth = 0;

  constructor(
    private readonly edm: Edm,
    private readonly tokens: Tokenizer,
    private readonly referring: EdmType | undefined,
    private readonly aliases: ReadonlyMap<string, string>,
  ) {}

  parse(): Expression {
    const expression = this.or();
    requireSingle(expression);
    return expression;
  }

  private or(): Expression {
    if (++this.depth > MAXIMUM_DEPTH) throw malformedUri();
    let left = this.and();
    while (this.tokens.next('or')) left = this.logical('or', left, () => this.and());
    this.depth--;
    return left;
  }

  private and(): Expression {
    let left = this.equality();
    while (this.tokens.next('and')) left = this.logical('and', left, () => this.equality());
    return left;
  }

  private logical(operator: 'and' | 'or', left: Expression, next: () => Expression): Expression {
    requireBoolean(left);
    const right = next();
    requireBoolean(right);
    return booleanExpression(operator, left, right);
  }

  private equality(): Expression {
    let left = this.relation();
    for (let operator = this.tokens.nextOf('eq', 'ne'); operator; operator = this.tokens.nextOf('eq', 'ne')) {
      const right = this.equality();
      requireComparable(left, right);
      left = booleanExpression(operator, left, right);
    }
    return left;
  }

  private relation(): Expression {
    if (this.tokens.next('isofMethod')) return this.typeMethod('isof');
    let left = this.sum();
    for (let operator = this.relationOperator(); operator; operator = this.relationOperator()) {
      const right = this.sum();
      requireOrdered(left, right);
      left = booleanExpression(operator, left, right);
    }
    return left;
  }

  private relationOperator() {
    return this.tokens.nextOf('gt', 'ge', 'lt', 'le');
  }

  private sum(): Expression {
    let left = this.product();
    for (let operator = this.tokens.nextOf('add', 'sub'); operator; operator = this.tokens.nextOf('add', 'sub')) {
      const right = this.product();
      left = {
        kind: 'binary',
        operator,
        left,
        right,
        type: typeOfSum(left, right, operator === 'sub'),
      };
    }
    return left;
  }

  private product(): Expression {
    let left = this.unary();
    for (let operator = this.productOperator(); operator; operator = this.productOperator()) {
      requireNumber(left);
      const right = this.unary();
      requireNumber(right);
      left = { kind: 'binary', operator, left, right, type: EDM_DOUBLE };
    }
    return left;
  }

  private productOperator() {
    return this.tokens.nextOf('mul', 'div', 'mod');
  }

  private unary(): Expression {
    if (this.tokens.next('not')) {
      const operand = this.value();
      requireBoolean(operand);
      return { kind: 'unary', operator: 'not', operand, type: EDM_BOOLEAN };
    }
    if (this.tokens.next('castMethod')) return this.typeMethod('cast');
    const value = this.signedLiteral();
    if (value !== undefined) return this.afterValue(value);
    if (this.tokens.next('minus')) {
      const operand = this.afterValue(this.value());
      requireNegatable(operand);
      return { kind: 'unary', operator: 'minus', operand, type: operand.type };
    }
    return this.afterValue(this.value());
  }

  /** `has` and `in` bind more than all other operators (Olingo 4.8, ExpressionParser.parseExprPrimary). */
  private afterValue(left: Expression): Expression {
    if (isEnumerable(left) && this.tokens.next('has')) {
      this.require('enumeration');
      return booleanExpression('has', left, literal(this.edm, 'enumeration', this.tokens.text));
    }
    return this.tokens.next('in') ? this.membership(left) : left;
  }

  /** A list of values, which may be empty; without parentheses any expression of the same type. */
  private membership(left: Expression): Expression {
    const { type } = left;
    if (type === undefined) throw uncaught();
    if (type.kind !== 'primitive') throw uncaught(`${type.name} does not look like an EDM primitive type.`);
    if (!this.tokens.next('open')) {
      this.tokens.next('blank');
      const right = this.or();
      requireType(right, [type.name.replace('Edm.', '')]);
      return booleanExpression('in', left, right);
    }
    const items = this.listItems();
    for (const item of items) requireMember(item, type);
    return { kind: 'list', left, items, type: EDM_BOOLEAN };
  }

  private listItems(): Expression[] {
    const items: Expression[] = [];
    this.tokens.next('blank');
    while (!this.tokens.next('close')) {
      do {
        this.tokens.next('blank');
        items.push(this.or());
        this.tokens.next('blank');
      } while (this.tokens.next('comma'));
    }
    return items;
  }

  /** `-5` and `-INF` are literals, not negations. */
  private signedLiteral(): Expression | undefined {
    const token = this.tokens.nextOf(...LITERALS);
    return token === undefined ? undefined : literal(this.edm, token, this.tokens.text);
  }

  private value(): Expression {
    if (this.tokens.next('open')) {
      this.tokens.next('blank');
      const inner = this.or();
      this.tokens.next('blank');
      this.require('close');
      return inner;
    }
    if (this.tokens.next('alias')) return this.aliasValue(this.tokens.text);
    if (this.tokens.nextJson()) return { kind: 'literal', text: this.tokens.text, type: undefined };
    if (this.tokens.next('root')) throw malformedUri();
    if (this.tokens.next('it')) return this.it();
    const token = this.tokens.nextOf(...LITERALS);
    if (token !== undefined) return literal(this.edm, token, this.tokens.text);
    if (this.tokens.next('method')) return this.method(this.tokens.text.slice(0, -1));
    if (this.tokens.next('qualifiedName')) return this.qualified(this.tokens.text);
    if (this.tokens.next('identifier')) return this.identifier(this.tokens.text);
    throw malformedUri();
  }

  private aliasValue(name: string): Expression {
    const text = this.aliases.get(name);
    return { kind: 'literal', text: text ?? 'null', type: undefined };
  }

  private it(): Expression {
    const path: PathPart[] = [{ kind: 'other' }];
    const type = this.referring ?? EDM_STRING;
    if (!this.tokens.next('slash')) return { kind: 'member', path, type, isCollection: false };
    return this.member(path, type);
  }

  private qualified(name: string): Expression {
    const type = findType(this.edm, 'entity', name) ?? findType(this.edm, 'complex', name);
    if (type === undefined && !name.startsWith('Edm.')) {
      this.functionParameters();
      throw unknownFunction(name);
    }
    if (type === undefined || !this.tokens.next('slash')) return { kind: 'typeName', type: type ?? primitive(name) };
    if (this.referring === undefined || !isCompatible(type, this.referring)) throw incompatible(type);
    return this.member([{ kind: 'other' }], type);
  }

  private identifier(name: string): Expression {
    const variable = this.variables.findLast((candidate) => candidate.name === name);
    if (variable === undefined) return this.property([], this.referring, name);
    if (!this.tokens.next('slash')) {
      return {
        kind: 'member',
        path: [{ kind: 'variable', name, cast: undefined }],
        type: variable.type,
        isCollection: false,
      };
    }
    return this.castable(name, variable.type);
  }

  /** After a lambda variable and a slash: a property, or a cast and a property. */
  private castable(variable: string, type: EdmType): Expression {
    if (!this.tokens.next('qualifiedName'))
      return this.member([{ kind: 'variable', name: variable, cast: undefined }], type);
    const cast = this.castTo(this.tokens.text, type);
    const path: PathPart[] = [{ kind: 'variable', name: variable, cast }];
    return this.tokens.next('slash')
      ? this.member(path, cast)
      : { kind: 'member', path, type: cast, isCollection: false };
  }

  private castTo(name: string, from: EdmType): StructuredType {
    const cast = findType(this.edm, 'entity', name) ?? findType(this.edm, 'complex', name);
    if (cast === undefined) {
      this.functionParameters();
      throw unknownFunction(name);
    }
    if (!isCompatible(cast, from)) throw incompatible(cast);
    return cast;
  }

  private member(path: readonly PathPart[], type: EdmType): Expression {
    this.require('identifier');
    return this.property(path, type, this.tokens.text);
  }

  private property(path: readonly PathPart[], of: EdmType | undefined, name: string): Expression {
    if (of === undefined || of.kind === 'primitive')
      throw badRequest(`'${name}' is only allowed for structural types.`);
    const structural = structuralProperty(of, name);
    if (structural !== undefined) {
      const here: readonly PathPart[] = [...path, { kind: 'property', name }];
      if (structural.isCollection) return this.afterCollection(here, structural);
      if (structural.type.kind === 'primitive') return this.afterPrimitive(here, structural.type);
      return this.tokens.next('slash')
        ? this.member(here, structural.type)
        : { kind: 'member', path: here, type: structural.type, isCollection: false };
    }
    const navigation = navigationProperty(of, name);
    if (navigation === undefined) {
      throw badRequest(`The property '${name}', used in a query expression, is not defined in type '${of.name}'.`);
    }
    return this.navigation(path, name, navigation.type);
  }

  private afterPrimitive(path: readonly PathPart[], type: EdmType): Expression {
    if (this.tokens.next('slash')) {
      this.require('qualifiedName');
      this.castTo(this.tokens.text, type);
    }
    return { kind: 'member', path, type, isCollection: false };
  }

  /** A collection of entities: an optional cast, then any, all or $count. */
  private navigation(path: readonly PathPart[], name: string, type: EdmType): Expression {
    if (!this.tokens.next('slash')) {
      return {
        kind: 'member',
        path: [...path, { kind: 'navigation', name, cast: undefined }],
        type,
        isCollection: true,
      };
    }
    const cast = this.tokens.next('qualifiedName') ? this.castTo(this.tokens.text, type) : undefined;
    const here: readonly PathPart[] = [...path, { kind: 'navigation', name, cast }];
    if (cast !== undefined && !this.tokens.next('slash'))
      return { kind: 'member', path: here, type: cast, isCollection: true };
    return this.collectionPath(here, type);
  }

  private afterCollection(path: readonly PathPart[], reached: Reached): Expression {
    if (!this.tokens.next('slash')) return { kind: 'member', path, type: reached.type, isCollection: true };
    return this.collectionPath(path, reached.type);
  }

  private collectionPath(path: readonly PathPart[], type: EdmType): Expression {
    if (this.tokens.next('count')) {
      return {
        kind: 'member',
        path: [...path, { kind: 'count' }],
        type: undefined,
        isCollection: false,
      };
    }
    const quantifier = this.tokens.nextOf('any', 'all');
    if (quantifier === undefined) throw malformedUri();
    return { kind: 'member', path: [...path, this.lambda(quantifier, type)], type: EDM_BOOLEAN, isCollection: false };
  }

  private lambda(quantifier: 'any' | 'all', type: EdmType): PathPart {
    this.require('open');
    if (quantifier === 'any' && this.tokens.next('close')) return { kind: 'lambda', quantifier };
    this.require('identifier');
    const variable = this.tokens.text;
    this.require('colon');
    this.variables.push({ name: variable, type });
    const predicate = this.or();
    this.variables.pop();
    this.require('close');
    return { kind: 'lambda', quantifier, variable, predicate };
  }

  private typeMethod(name: 'isof' | 'cast'): Expression {
    this.tokens.next('blank');
    const parameters = [this.or()];
    this.tokens.next('blank');
    if (parameters[0]?.kind !== 'typeName') {
      this.require('comma');
      this.tokens.next('blank');
      const second = this.or();
      this.tokens.next('blank');
      if (second.kind !== 'typeName') throw noTypeFilter();
      parameters.push(second);
    }
    this.require('close');
    return {
      kind: 'method',
      name,
      parameters,
      type: name === 'isof' ? EDM_BOOLEAN : parameters.at(-1)?.type,
    };
  }

  private method(name: string): Expression {
    const signature = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    if (signature === undefined) throw malformedUri();
    const parameters: Expression[] = [];
    this.tokens.next('blank');
    for (const [index, check] of signature.parameters.entries()) {
      if (index > 0) {
        if (signature.optional === index && !this.tokens.next('comma')) break;
        if (signature.optional !== index) this.require('comma');
        this.tokens.next('blank');
      }
      const parameter = this.or();
      this.tokens.next('blank');
      check(parameter);
      parameters.push(parameter);
    }
    this.require('close');
    return { kind: 'method', name, parameters, type: signature.type };
  }

  /** No bound functions exist; what stands like a call must at least be one, else it is malformed. */
  private functionParameters(): void {
    this.require('open');
    if (this.tokens.next('close')) return;
    do {
      this.require('identifier');
      this.require('equals');
      this.or();
    } while (this.tokens.next('comma'));
    this.require('close');
  }

  private require(token: Token): void {
    if (!this.tokens.next(token)) throw malformedUri();
  }
}

function incompatible(type: StructuredType): Error {
  return badRequest(`The type filter '${type.name}' is incompatible.`);
}

/** The library forgets what belongs into these texts, and complains of that instead (Olingo 4.8, ODataLibraryException). */
function noTypeFilter(): Error {
  return missingReplacement("The type filter '%1$s' is incompatible.", '');
}

function unknownFunction(name: string): Error {
  return missingReplacement("The function import '%1$s' has no function with parameters '%2$s'.", name);
}

function missingReplacement(text: string, told: string): Error {
  return badRequest(`Missing replacement for place holder in message '${text}' for following arguments '[${told}]'!`);
}
