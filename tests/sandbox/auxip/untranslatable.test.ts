import { describe, expect, it } from 'vitest';
import { emptyAuxip } from '../empty-auxip';

const IMPL = 'org.apache.olingo.server.core.uri.queryoption.expression';
const API = 'org.apache.olingo.server.api.uri.queryoption.expression';
const SELECT = 'SELECT entity FROM com.csgroup.auxip.model.jpa.Product entity';
const cannotCast = (is: string, wanted: string): string =>
  `class ${IMPL}.${is} cannot be cast to class ${API}.${wanted} (${IMPL}.${is} and ${API}.${wanted} are in unnamed module of loader org.springframework.boot.loader.LaunchedURLClassLoader @2328c243)`;
const syntax = (what: string, query: string): string =>
  `org.hibernate.hql.internal.ast.QuerySyntaxException: unexpected ${what} [${query}]`;
const DATA = 'org.hibernate.exception.DataException: could not extract ResultSet';

describe('what auxip.svc cannot make a query of is 500 with the text of the exception (auxip.md#filters)', () => {
  const auxip = emptyAuxip();
  const ask = (query: string) => auxip.ask(`Products?${query.replaceAll(' ', '%20')}`);

  it.each([
    ['$filter=not contains(Name,"a")'.replaceAll('"', "'"), cannotCast('UnaryImpl', 'Member')],
    ['$filter=false', cannotCast('LiteralImpl', 'Member')],
    ["$filter=contains('abc',Name)", cannotCast('LiteralImpl', 'Member')],
    ['$filter=contains(Name,Name)', cannotCast('MemberImpl', 'Literal')],
    ["$filter=startswith(tolower(Name),'x')", cannotCast('MethodImpl', 'Member')],
    ["$filter=StringAttributes/any(a:a/Name eq 'productType')", cannotCast('MemberImpl', 'Binary')],
    ["$filter=Name eq 'x' and Name in ('a')", 'Second must not be null!'],
    ["$filter=tolower(Name) eq 'x'", 'Index 1 out of bounds for length 1'],
    ['$filter=now() gt PublicationDate', 'Index 0 out of bounds for length 0'],
    ['$orderby=ContentDate desc', 'Index 1 out of bounds for length 1'],
    [
      "$filter='x' eq Name",
      syntax('token: EQ near line 1, column 90', `${SELECT} WHERE  ( ( leftOperand_0 ) EQ ( rightOperand_0 ) ) `),
    ],
    [
      "$filter=indexof(Name,'x') eq 0",
      syntax('token: ) near line 1, column 75', `${SELECT} WHERE  ( (  ) EQ ( rightOperand_0 ) ) `),
    ],
    [
      '$filter=Checksum/all(c:c/Algorithm eq "MD5")'.replaceAll('"', "'"),
      syntax('AST node: PLACE_HOLDER near line 1, column 69', `${SELECT} WHERE PLACE_HOLDER`),
    ],
    [
      '$filter=StringAttributes/any()&$orderby=Id',
      syntax('token: ORDER near line 1, column 70', `${SELECT} WHERE  ORDER BY  entity.Id ASC`),
    ],
    ['$orderby=tolower(Name)', syntax('token: null near line 1, column 72', `${SELECT} ORDER BY `)],
    ['$filter=ContentLength eq null', DATA],
    ['$filter=Id ne null', DATA],
    ['$filter=ContentDate/Start lt null', DATA],
  ])('%s', async (query, message) => {
    const { status, body } = await ask(query);
    expect([status, JSON.parse(body)]).toEqual([500, { error: { code: null, message } }]);
    expect(auxip.defects()).toEqual([]);
  });

  it.each([
    ['$search=abc', 200],
    ['$search=a AND NOT b OR (c "d e")', 200],
    ['$search="open', 400],
    ['$search=a1', 200],
    ['$search=a\\b', 400],
    ['$apply=aggregate(ContentLength with sum as T)', 200],
    ['$apply=identity', 200],
    ['$apply=x', 400],
    ['$apply=', 400],
    ['$filter=Name eq null', 200],
    ["$filter=StringAttributes/any(a:a/Name eq 'productType' or a/Value eq 'x')", 200],
  ])('%s answers %d', async (query, expected) => {
    expect((await ask(query.replaceAll('"', '%22'))).status).toBe(expected);
  });
});
