import { TOKEN_PATH } from '../../../gateway';
import { textReply, type Reply } from '../../../http/reply';
import type { Fields } from '../../../odata/write-value';
import { afterService, afterSite, withHeaders } from '../around';
import { changed, changedText, editJson, renamed, without } from '../edit-json';
import { inGroup } from '../mutant';

/** What refusals say (access.md#token-errors, auxip.md#errors; rdb.md#error-bodies). */
export const ERROR_MUTANTS = inGroup('errors', [
  {
    name: 'error-message-empty',
    defect: 'OData errors have an empty message',
    create: () => odataErrors((error) => ({ ...error, message: '' })),
  },
  {
    name: 'error-message-null',
    defect: 'OData errors have no message: it is null',
    create: () => odataErrors((error) => ({ ...error, message: null })),
  },
  {
    name: 'error-code-missing',
    defect: 'OData errors come without code',
    create: () => odataErrors((error) => without(error, 'code')),
  },
  {
    name: 'error-code-number',
    defect: 'the code of OData errors is a number',
    create: () => odataErrors((error) => changed(error, 'code', (code) => Number(code ?? 0))),
  },
  {
    name: 'error-message-generic',
    defect: 'every 400 has the same message, Bad Request',
    create: () =>
      afterService(/^/, (reply) =>
        reply.status === 400
          ? editJson(reply, (json) =>
              changed(json, 'error', (error) => ({ ...(error as Fields), message: 'Bad Request' })),
            )
          : reply,
      ),
  },
  {
    name: 'error-stack-trace',
    defect: 'messages of errors end in a stack trace',
    create: () =>
      odataErrors((error) =>
        changedText(error, 'message', (message) => `${message}\n\tat com.csgroup.Processor.read(Processor.java:118)`),
      ),
  },
  {
    name: 'error-flat',
    defect: 'code and message stand at the top, not inside error',
    create: () => afterService(/^/, (reply) => onError(reply, (json) => json['error'] as Fields)),
  },
  {
    name: 'error-html',
    defect: '400 is an HTML page',
    create: () =>
      afterService(/^/, (reply) =>
        reply.status === 400
          ? textReply(400, 'text/html;charset=utf-8', '<!doctype html><html><body><h1>Bad Request</h1></body></html>')
          : reply,
      ),
  },
  {
    name: 'error-content-type-plain',
    defect: 'errors are JSON, but called text/plain',
    create: () =>
      afterService(/^/, (reply) =>
        reply.status >= 400 ? withHeaders(reply, { 'Content-Type': 'text/plain' }) : reply,
      ),
  },
  {
    name: 'token-error-description-missing',
    defect: 'errors of the token endpoint come without error_description',
    create: () => tokenErrors((error) => without(error, 'error_description')),
  },
  {
    name: 'token-error-renamed',
    defect: 'errors of the token endpoint say code in place of error',
    create: () => tokenErrors((error) => renamed(error, 'error', 'code')),
  },
  {
    name: 'token-error-always-invalid-request',
    defect: 'every error of the token endpoint is invalid_request',
    create: () => tokenErrors((error) => ({ ...error, error: 'invalid_request' })),
  },
]);

function odataErrors(edit: (error: Fields) => Fields) {
  return afterService(/^/, (reply) =>
    onError(reply, (json) => changed(json, 'error', (error) => edit(error as Fields))),
  );
}

function tokenErrors(edit: (error: Fields) => Fields) {
  return afterSite(/^/, (reply, { path }) => (path === TOKEN_PATH ? onError(reply, edit) : reply));
}

function onError(reply: Reply, edit: (json: Fields) => Fields): Reply {
  return reply.status >= 400 ? editJson(reply, edit) : reply;
}
