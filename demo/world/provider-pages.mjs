// The pages that the visitor sees at the provider. Plain HTML and CSS: no script runs here.
import { visitors } from './visitors.mjs';

/**
 * @param {object} options
 * @param {string} options.action Where the form is sent.
 * @param {string} [options.login] What stands in the first field.
 * @param {boolean} [options.refused] Whether name and password were wrong.
 */
export function loginPage({ action, login = '', refused = false }) {
  const hints = Object.values(visitors)
    .map(
      (visitor) => `
        <li>
          <span class="face" aria-hidden="true">${initials(visitor.name)}</span>
          <span class="name">${visitor.name}</span>
          <code>${visitor.login}</code> <code>${visitor.password}</code>
        </li>`,
    )
    .join('');
  return page(
    'Log in',
    `
    <h1>Log in to Lumenwick</h1>
    ${refused ? '<p class="alert" role="alert">The name or the password is wrong. Please try again.</p>' : ''}
    <form method="post" action="${escape(action)}">
      <label for="login">Name</label>
      <input id="login" name="login" value="${escape(login)}" autocomplete="username" autocapitalize="none"
             spellcheck="false" required ${login ? '' : 'autofocus'}>
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required
             ${login ? 'autofocus' : ''}>
      <button type="submit">Log in</button>
      <a class="quiet" href="${escape(action)}/cancel">Cancel</a>
    </form>
    <section class="hints" aria-labelledby="hints">
      <h2 id="hints">Visitors of this local world</h2>
      <ul>${hints}
      </ul>
    </section>`,
  );
}

/** @param {string} form The provider's own form, which the buttons submit. */
export function logoutPage(form) {
  return page(
    'Log out',
    `
    <h1>Log out of Lumenwick?</h1>
    <p>Other Lumenwick sites that you are logged in to are logged out too.</p>
    ${form}
    <button type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>Log out</button>
    <button type="submit" form="op.logoutForm" class="quiet">Stay logged in</button>`,
  );
}

export function signedOutPage() {
  return page('Logged out', '<h1>You are logged out</h1><p>You can close this page.</p>');
}

/** @param {string} error @param {string} [description] */
export function errorPage(error, description = '') {
  return page(
    'Something is wrong',
    `<h1>Something is wrong</h1><p class="alert">${escape(error)}</p><p>${escape(description)}</p>`,
  );
}

/** @param {string} title @param {string} content */
function page(title, content) {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} · Lumenwick ID</title>
  <link rel="icon" href="data:,">
  <style>${style}</style>
</head>
<body>
  <main>
    <p class="brand">${flame} Lumenwick <span>ID</span></p>
    ${content}
  </main>
</body>
</html>`;
}

const flame = `<svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true"><path fill="#e8a33d" d="M12 1.5c3.9 4.2 6.6 7.6 6.6 11.8A6.6 6.6 0 0 1 12 20a6.6 6.6 0 0 1-6.6-6.7c0-4.2 2.7-7.6 6.6-11.8z"/><path fill="#fdf3dc" d="M12 9c1.7 2 2.9 3.5 2.9 5.2a2.9 2.9 0 0 1-5.8 0C9.1 12.5 10.3 11 12 9z"/><path fill="#17453b" d="M8 21.2h8v1.6H8z"/></svg>`;

const style = `
:root { color-scheme: light; --ink: #1c2b27; --pine: #17453b; --mist: #eef3f0; --line: #d4dfd9; --amber: #e8a33d; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 24px 16px; color: var(--ink);
  font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  background: radial-gradient(60rem 36rem at 50% -12rem, #fbe9c8 0, transparent 70%), linear-gradient(#f6f9f7, #e4ece8); }
main { width: min(100%, 25rem); background: #fff; border: 1px solid var(--line); border-radius: 18px; padding: 32px;
  box-shadow: 0 18px 50px -24px rgb(23 69 59 / .35); }
.brand { display: flex; align-items: center; gap: 8px; margin: 0 0 28px; font-weight: 700; letter-spacing: -.01em; }
.brand span { color: #68807a; font-weight: 500; }
h1 { margin: 0 0 20px; font-size: 1.5rem; line-height: 1.2; letter-spacing: -.02em; }
label { display: block; margin: 0 0 6px; font-size: .9rem; font-weight: 600; }
input:not([type=hidden]) { display: block; width: 100%; height: 46px; margin: 0 0 16px; padding: 0 14px; font: inherit;
  color: inherit; background: #fbfdfc; border: 1px solid #b5c6be; border-radius: 10px; }
button, a.quiet { display: block; width: 100%; min-height: 46px; font: inherit; font-weight: 600; border-radius: 10px;
  cursor: pointer; text-align: center; }
button { margin-top: 8px; color: #fff; background: var(--pine); border: 0; }
button:hover { background: #1f5a4d; }
a.quiet, button.quiet { margin-top: 8px; padding: 10px; color: var(--pine); background: none; text-decoration: none; }
a.quiet:hover, button.quiet:hover { background: var(--mist); }
:focus-visible { outline: 3px solid var(--amber); outline-offset: 2px; }
.alert { margin: 0 0 16px; padding: 10px 14px; color: #7c1d12; background: #fdeeea; border-radius: 10px; }
.hints { margin: 24px -32px -32px; padding: 20px 32px 24px; background: var(--mist); border-radius: 0 0 18px 18px;
  border-top: 1px solid var(--line); }
.hints h2 { margin: 0 0 10px; font-size: .8rem; font-weight: 600; color: #4f645d; }
.hints ul { margin: 0; padding: 0; list-style: none; display: grid; gap: 8px; }
.hints li { display: flex; align-items: center; gap: 8px; font-size: .9rem; }
.hints .name { flex: 1; }
.face { display: grid; place-items: center; width: 28px; height: 28px; border-radius: 50%; font-size: .7rem;
  font-weight: 700; color: var(--pine); background: #d3e5dc; }
code { padding: 2px 7px; font: .82rem ui-monospace, Menlo, Consolas, monospace; background: #fff; border-radius: 6px;
  border: 1px solid var(--line); user-select: all; }
`;

/** @param {string} name */
const initials = (name) => name.replace(/(\w)\w* (\w)\w*/, '$1$2');

/** @param {string} value */
const escape = (value) => value.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
