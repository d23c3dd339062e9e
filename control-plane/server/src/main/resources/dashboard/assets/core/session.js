// Who is logged in. States: unknown (asking), out, in, expired (the page stays, the login form opens over it).
import { cell } from './cell.js';

export const session = cell({ state: 'unknown', me: null });

export const loggedIn = (me) => session.set({ state: 'in', me });
export const loggedOut = () => session.set({ state: 'out', me: null });

/** Resolves at the next login. */
export function whenLoggedIn() {
  return new Promise((resolve) => {
    const stop = session.subscribe((now) => {
      if (now.state !== 'in') return;
      stop();
      resolve();
    });
  });
}

/** Whether the person has one of the roles; an admin has all. */
export function may(...roles) {
  const own = session.get().me?.roles ?? [];
  return own.includes('admin') || roles.some((role) => own.includes(role));
}
