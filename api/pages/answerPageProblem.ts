import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request, Response } from 'express';
import { ProtocolError } from '../../protocol/errors.ts';
import { chooseLanguage } from '../../web/render/chooseLanguage.ts';
import { contentSecurityPolicy } from '../../web/render/contentSecurityPolicy.ts';
import { renderErrorPage } from '../../web/render/renderErrorPage.ts';
import { renderRefusedLink } from '../../web/render/renderRefusedLink.ts';
import { renderUnknownProduct } from '../../web/render/renderUnknownProduct.ts';
import type { Language, PageContext } from '../../web/render/view.ts';
import { ApiError, problemOf } from '../errors.ts';
import { errorFacts } from '../http/log.ts';
import type { ApiNode } from '../node.ts';

const NO_STYLE = { style: 'data:text/css,' };
/** As `manifest.json` names them: those of the consumer's page, whose script is of one language, and beside them those of the page of a trace. */
interface BuiltAssets {
  style: string;
  scripts?: Record<Language, string>;
  trace?: PageContext['assets'];
}
const PROBLEM_TYPE = 'application/problem+json';

/** What a page says of its node and address. */
export function pageContext({ config }: ApiNode, path: string, language: Language): PageContext {
  const { style, scripts } = assetsOf(config.assets);
  return { path, node: config.name, assets: { style, ...(scripts !== undefined && { script: scripts[language] }) } };
}

/** The same of the page of a trace, which has files of its own. */
export function tracePageContext({ config }: ApiNode, path: string): PageContext {
  const { style, trace } = assetsOf(config.assets);
  return { path, node: config.name, assets: trace ?? { style } };
}

/** The language of an answer for people: `?lang=`, else as the browser asks. */
export function languageOf(request: Request): Language {
  const { lang } = request.query;
  return chooseLanguage(typeof lang === 'string' ? lang : undefined, request.headers['accept-language']);
}

/** Sends a page under its own policy. @param forms where its forms may be sent: nowhere, or to this node */
export function sendPage(node: ApiNode, response: Response, html: string, forms: "'none'" | "'self'" = "'none'"): void {
  const policy = contentSecurityPolicy(
    node.trust.witnesses.map(({ url }) => url),
    forms,
  );
  response.vary('Accept').vary('Accept-Language').setHeader('Content-Security-Policy', policy).type('text/html').send(html);
}

/**
 * Answers what went wrong with a Digital Link or its page: a page for people, a problem for programs.
 *
 * @param id canonical Digital Link of what was asked for, where the link could be read
 * @throws ApiError `NOT_ACCEPTABLE`: neither is accepted; or the error itself, for a program
 */
export function answerPageProblem(node: ApiNode, error: unknown, request: Request, response: Response, id?: string): void {
  const type = request.accepts([PROBLEM_TYPE, 'application/json', 'text/html']);
  if (type === false) throw new ApiError('NOT_ACCEPTABLE', 'text/html or application/json');
  if (type !== 'text/html') throw error;
  const problem = problemOf(error);
  if (problem.status >= 500) node.log('error', 'page failed', { request: response.locals.requestId as string, ...errorFacts(error) });
  const language = languageOf(request);
  const page = pageContext(node, request.path, language);
  response.status(problem.status);
  sendPage(node, response, problemPage());

  function problemPage(): string {
    if (error instanceof ProtocolError) return renderRefusedLink(problem.code, page, language);
    if (id !== undefined && problem.code === 'UNKNOWN_SUBJECT') return renderUnknownProduct(id, page, language);
    return renderErrorPage(problem.code, page, language);
  }
}

/** Read each time: a build replaces the files while the node runs. Without a build the page is plain text, and still complete. */
function assetsOf(folder: string): BuiltAssets {
  try {
    return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as BuiltAssets;
  } catch {
    return NO_STYLE;
  }
}
