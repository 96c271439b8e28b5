import { EDM_BOOLEAN, type EdmType, type StructuredType } from './edm';

/** What a $filter or $orderby says, after parsing. `type` undefined: unknown, compatible with everything. */
export type Expression =
  | { readonly kind: 'literal'; readonly text: string; readonly type: EdmType | undefined }
  | {
      readonly kind: 'member';
      readonly path: readonly PathPart[];
      readonly type: EdmType | undefined;
      readonly isCollection: boolean;
    }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly type: EdmType | undefined;
    }
  | {
      readonly kind: 'unary';
      readonly operator: 'not' | 'minus';
      readonly operand: Expression;
      readonly type: EdmType | undefined;
    }
  | {
      readonly kind: 'method';
      readonly name: string;
      readonly parameters: readonly Expression[];
      readonly type: EdmType | undefined;
    }
  | { readonly kind: 'list'; readonly left: Expression; readonly items: readonly Expression[]; readonly type: EdmType }
  | { readonly kind: 'typeName'; readonly type: EdmType };

export type BinaryOperator =
  | 'or'
  | 'and'
  | 'eq'
  | 'ne'
  | 'gt'
  | 'ge'
  | 'lt'
  | 'le'
  | 'has'
  | 'in'
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'mod';

export type PathPart =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'navigation'; readonly name: string; readonly cast: StructuredType | undefined }
  | { readonly kind: 'variable'; readonly name: string; readonly cast: StructuredType | undefined }
  | {
      readonly kind: 'lambda';
      readonly quantifier: 'any' | 'all';
      readonly variable?: string;
      readonly predicate?: Expression;
    }
  | { readonly kind: 'count' }
  | { readonly kind: 'other' };

export function booleanExpression(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right, type: EDM_BOOLEAN };
}
