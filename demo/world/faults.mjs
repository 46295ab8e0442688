/**
 * What goes wrong at one route of a server, until it is cleared. Without `status`, `body` and `gone` the real answer is
 * given, changed by `headers` and `redirect`.
 * @typedef {object} Fault
 * @property {number} [status] Answers with this status (default 200 when there is a `body`).
 * @property {string | object} [body] Text is sent as HTML, an object as JSON.
 * @property {Record<string, string | undefined>} [headers] Set on the answer; `undefined` removes one.
 * @property {(location: URL) => void} [redirect] Changes where a real answer redirects to.
 * @property {boolean} [gone] Closes the connection without an answer.
 * @property {Promise<unknown>} [until] Waits before answering; a promise that never settles never answers.
 * @property {number} [times] How many requests are hit; all, unless told.
 * @property {(request: import('node:http').IncomingMessage) => boolean} [when] Which requests are hit; all, unless told.
 */

/**
 * The faults of one server, by route name.
 * @template {string} Route
 */
export class Faults {
  /** @type {Map<Route, Fault>} */
  #faults = new Map();

  /**
   * @param {Route} route
   * @param {Fault} fault Takes the place of an earlier one at this route.
   */
  set(route, fault) {
    this.#faults.set(route, { ...fault });
  }

  /**
   * Lets requests at a route wait.
   * @param {Route} route
   * @returns {() => void} Lets them go on; without it they wait for ever.
   */
  hold(route) {
    /** @type {() => void} */
    let release = () => {};
    const until = new Promise((resolve) => (release = () => resolve(undefined)));
    this.set(route, { until });
    return () => {
      this.clear(route);
      release();
    };
  }

  /** @param {Route} [route] All routes, unless told. */
  clear(route) {
    if (route) this.#faults.delete(route);
    else this.#faults.clear();
  }

  /**
   * To be called before the real answer.
   * @param {Route} route
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   * @returns {Promise<boolean>} Whether the request has been dealt with.
   */
  async hit(route, request, response) {
    const fault = this.#faults.get(route);
    if (!fault || (fault.when && !fault.when(request))) return false;
    if (fault.times !== undefined && --fault.times <= 0) this.#faults.delete(route);
    await fault.until;
    if (fault.gone) {
      request.socket.destroy();
      return true;
    }
    changeHeaders(response, fault);
    if (fault.status === undefined && fault.body === undefined) return false;
    const json = typeof fault.body === 'object';
    response.statusCode = fault.status ?? 200;
    response.setHeader('content-type', json ? 'application/json' : 'text/html; charset=utf-8');
    response.end(json ? JSON.stringify(fault.body) : (fault.body ?? ''));
    return true;
  }
}

/**
 * Changes the headers at the last moment, after the server has set its own.
 * @param {import('node:http').ServerResponse} response
 * @param {Fault} fault
 */
function changeHeaders(response, { headers = {}, redirect }) {
  const writeHead = response.writeHead;
  response.writeHead = function (/** @type {any[]} */ ...args) {
    for (const [name, value] of Object.entries(headers)) {
      if (value === undefined) response.removeHeader(name);
      else response.setHeader(name, value);
    }
    const location = response.getHeader('location');
    if (redirect && typeof location === 'string' && URL.canParse(location)) {
      const url = new URL(location);
      redirect(url);
      response.setHeader('location', url.href);
    }
    return /** @type {any} */ (writeHead).apply(response, args);
  };
}
