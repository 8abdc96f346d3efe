import { session } from './session.js';

const BASE = '/api/v1';

/** What the server says when it cannot do something: `message` is its sentence. */
export class Problem extends Error {
  constructor({ title, status = 0, detail, request_id: requestId, field }) {
    super(detail || title || 'The server gave no reason.');
    this.title = title || 'Something went wrong';
    this.status = status;
    this.requestId = requestId;
    this.field = field;
  }

  /** Whether it is about the filter's text. */
  get aboutFilter() {
    return this.field === 'filter' || (this.status >= 400 && this.status < 500 && /^filter\b/i.test(this.message));
  }
}

/** True for a request that was given up because a newer one took its place. */
export function isAborted(error) {
  return error?.name === 'AbortError';
}

function headers(as) {
  const all = { Accept: 'application/json' };
  if (session.key) {
    all.Authorization = `Bearer ${session.key}`;
  }
  const principal = as ?? session.as;
  if (principal) {
    all['X-Sidereal-As'] = principal;
  }
  return all;
}

/** Sends a request and gives the response, or throws a Problem. */
export async function send(path, { method = 'GET', body, signal, as, accept } = {}) {
  const init = { method, signal, headers: headers(as) };
  if (accept) {
    init.headers.Accept = accept;
  }
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers['Content-Type'] = 'application/json';
  }
  let response;
  try {
    response = await fetch(path.startsWith('/') ? path : `${BASE}/${path}`, init);
  } catch (error) {
    if (isAborted(error)) {
      throw error;
    }
    throw new Problem({
      title: 'No answer',
      detail: 'The server does not answer. It may have been stopped; start it with ./sidereal serve and try again.',
    });
  }
  if (!response.ok) {
    const problem = new Problem({ status: response.status, title: response.statusText, ...(await json(response)) });
    if (problem.status === 401) {
      window.dispatchEvent(new CustomEvent('sidereal:key-wanted', { detail: problem.message }));
    }
    throw problem;
  }
  return response;
}

async function json(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}

async function ask(path, options) {
  return (await send(path, options)).json();
}

export const api = {
  status: (options) => ask('status', options),
  search: (body, options) => ask('search', { method: 'POST', body, ...options }),
  explain: (body, options) => ask('explain', { method: 'POST', body, ...options }),
  document: (id, options) => ask(`documents/${encodeURIComponent(id)}`, options),
  facets: (query, options) => ask(`facets?${new URLSearchParams(query)}`, options),
  evaluationSets: async (options) => (await ask('evaluations/sets', options)).sets,
  evaluations: async (options) => (await ask('evaluations', options)).evaluations,
  evaluation: (id, options) => ask(`evaluations/${encodeURIComponent(id)}`, options),
  startEvaluation: (body) => ask('evaluations', { method: 'POST', body }),
  cancelEvaluation: (id) => send(`evaluations/${encodeURIComponent(id)}`, { method: 'DELETE' }),
  health: async (path) => (await send(`${BASE}/${path}`, { accept: '*/*' })).status,
};
