// Errors of the REST API as texts for players, with the form field that they concern.
import { Refusal } from './rest';

export interface Problem {
  /** The request's field that is wrong; null if the error concerns no single field. */
  field: string | null;
  text: string;
}

const FIELDS = new Map(
  Object.entries({
    username: 'Use 3 to 32 letters, digits, _ or -. Some names are reserved.',
    password: 'Use 8 to 128 characters.',
    displayName: 'Use 1 to 50 visible characters. Some names are reserved.',
    avatarUrl: 'Enter an address that starts with https://.',
    message: 'Use 1 to 500 characters.',
    duration: 'Enter between 1 second and 1 week.',
    scheduledTime: 'This pause would already be over.',
  }),
);

/** Texts for the reasons that the server gives when it rejects a well-formed value. */
const REASONS = new Map(
  Object.entries({
    COMMON_PASSWORD: 'This is one of the most common passwords. Choose another one.',
    CONTAINS_USERNAME: 'The password must not contain the username or be part of it.',
  }),
);

const TEXTS = new Map(
  Object.entries({
    FORBIDDEN: 'Only operators can do this.',
    OWN_ACCOUNT: 'You can’t block your own account.',
    BANNED: 'An operator has banned you from this server.',
    UNAUTHORIZED: 'Log in to see this.',
    NOT_FOUND: 'Nothing was found under this name.',
    OFFLINE: 'The server can’t be reached. Try again in a moment.',
  }),
);

const TAKEN = 'This name, or one that looks like it, is taken. Choose another one.';

const seconds = (count: number): string => (count === 1 ? '1 second' : `${count} seconds`);

/** What went wrong; `fields` are the names of the form's fields. */
export function problemOf(error: unknown, fields: readonly string[] = []): Problem {
  if (!(error instanceof Refusal)) return { field: null, text: 'Something went wrong on this page.' };
  const { code, status, details, retryAfter } = error;
  const { field, reason } = (details ?? {}) as { field?: string; reason?: string };
  if (status === 429) {
    return {
      field: null,
      text: retryAfter
        ? `Too many attempts. Try again in ${seconds(retryAfter)}.`
        : 'Too many attempts. Try again in a minute.',
    };
  }
  if (code === 'INVALID_CREDENTIALS' && fields.includes('currentPassword'))
    return { field: 'currentPassword', text: 'This is not your current password.' };
  if (code === 'INVALID_CREDENTIALS') return { field: 'password', text: 'The username or password is wrong.' };
  if (code === 'USERNAME_TAKEN') return { field: 'username', text: TAKEN };
  if (code === 'NAME_TAKEN' && fields.includes('displayName')) return { field: 'displayName', text: TAKEN };
  if (code === 'VALIDATION_FAILED' && field)
    return { field, text: REASONS.get(reason ?? '') ?? FIELDS.get(field) ?? sentence(error.message) };
  if (status >= 500) return { field: null, text: 'The server can’t do this right now. Try again later.' };
  return { field: null, text: TEXTS.get(code) ?? sentence(error.message) };
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
