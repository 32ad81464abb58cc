// The live log: messages as they arrive, the history, and a search in both.
import { useEffect, useState } from 'preact/hooks';
import { tokens } from '../../rest';
import '../../style/log.css';
import { Entry, ZONE } from './entry';
import { hasOlder, type Kind, type Log as LogState, TYPES, visible } from './log_state';
import {
  askOlder,
  chooseKind,
  choosePause,
  closeLog,
  dismissError,
  dismissWarning,
  endSearch,
  log,
  moreFound,
  openLog,
  search,
  showKey,
} from './log_store';
import { describe, errorText, TYPE_HINTS, TYPE_NAMES } from './texts';

export function Log() {
  const token = tokens.value?.token;
  useEffect(() => {
    openLog();
    return closeLog;
  }, []);
  useEffect(() => {
    if (token && log.value.status === 'refused') openLog();
  }, [token]);
  const shown = log.value;
  return (
    <div class="log">
      <header>
        <h1>Live log</h1>
        <Status log={shown} />
        <span class="zone">Times in {ZONE}</span>
      </header>
      {shown.status === 'refused' ? <Admission log={shown} /> : <Open log={shown} />}
    </div>
  );
}

const STATUS: Record<LogState['status'], string> = {
  connecting: 'Connecting',
  open: 'Live',
  lost: 'Connection lost, reconnecting',
  refused: 'Access denied',
};

function Status({ log: { status, isPaused, held } }: { log: LogState }) {
  const isHeld = status === 'open' && isPaused;
  const text = isHeld
    ? `Paused, ${held.length === 1 ? '1 new message' : `${held.length} new messages`}`
    : STATUS[status];
  return (
    <span class={`status ${isHeld ? 'paused' : status}`} role="status">
      <i aria-hidden="true" />
      {text}
    </span>
  );
}

function Open({ log: shown }: { log: LogState }) {
  return (
    <>
      <section class="card tools" aria-label="Filters">
        <SearchForm log={shown} />
        <div class="row">
          <Kinds kind={shown.kind} />
          {!shown.found && (
            <button type="button" aria-pressed={shown.isPaused} onClick={() => choosePause(!shown.isPaused)}>
              {shown.isPaused ? 'Resume' : 'Pause'}
            </button>
          )}
        </div>
      </section>
      <Alerts log={shown} />
      {shown.found ? <Results log={shown} /> : <Stream log={shown} />}
      <div class="unseen" role="log" aria-live="polite">
        {announced(shown)}
      </div>
    </>
  );
}

function announced({ latest, kind, found }: LogState): string {
  if (!latest || found || (kind !== 'all' && latest.type !== kind)) return '';
  const { who, text } = describe(latest);
  return [TYPE_NAMES[latest.type], who, text].filter(Boolean).join(': ');
}

function SearchForm({ log: { found, searching, status } }: { log: LogState }) {
  const [text, setText] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    search(text);
  };
  const clear = () => {
    setText('');
    endSearch();
  };
  return (
    <form class="row" role="search" onSubmit={submit}>
      <label class="field">
        Search
        <input
          type="search"
          value={text}
          maxLength={200}
          placeholder="words and names"
          autocomplete="off"
          aria-describedby="language"
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary" disabled={!text.trim() || status !== 'open' || searching !== null}>
        {searching === null ? 'Search' : 'Searching…'}
      </button>
      {found && (
        <button type="button" onClick={clear}>
          Back to live
        </button>
      )}
      <p class="hint" id="language">
        {'All words in any order; '}
        <q>“exact phrase”</q>; <q>prefix*</q>; <q>-word</q> to exclude it; <q>one OR other</q>.
      </p>
    </form>
  );
}

function Kinds({ kind }: { kind: Kind }) {
  return (
    <fieldset class="kinds">
      <legend class="unseen">Type of messages</legend>
      {(['all', ...TYPES] as const).map((one) => (
        <label key={one} class={one} title={one === 'all' ? 'All types' : TYPE_HINTS[one]}>
          <input type="radio" name="kind" class="unseen" checked={kind === one} onChange={() => chooseKind(one)} />
          <span>{one === 'all' ? 'All' : TYPE_NAMES[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The server's rate limit warning and last error. */
function Alerts({ log: { error, warning } }: { log: LogState }) {
  return (
    <>
      {warning && (
        <p class="trouble" role="status">
          <span>
            You have used {warning.current_requests} of {warning.limit} requests per {warning.window_seconds} s. The
            limit resets in {warning.reset_in_seconds} s.
          </span>
          <button type="button" class="quiet icon" aria-label="Close the warning" onClick={dismissWarning}>
            ×
          </button>
        </p>
      )}
      {error && (
        <p class="trouble bad" role="alert">
          <span>{errorText(error)}.</span>
          <button type="button" class="quiet icon" aria-label="Close the error" onClick={dismissError}>
            ×
          </button>
        </p>
      )}
    </>
  );
}

function Stream({ log: shown }: { log: LogState }) {
  const entries = visible(shown);
  const isKnown = shown.reached.all !== undefined;
  return (
    <section class="card" aria-label="Messages">
      {!isKnown && <p>{shown.status === 'open' ? 'Loading history…' : 'Connecting…'}</p>}
      {isKnown && entries.length === 0 && (
        <p>
          {shown.kind === 'all'
            ? 'No messages yet. New ones appear here at once.'
            : 'No messages of this type. New ones appear here at once.'}
        </p>
      )}
      <ol class="entries">
        {entries.map((message) => (
          <Entry key={message.id} message={message} />
        ))}
      </ol>
      {isKnown && hasOlder(shown) && (
        <button
          type="button"
          class="older"
          disabled={shown.asking !== null || shown.status !== 'open'}
          onClick={askOlder}
        >
          {shown.asking ? 'Loading…' : 'Older messages'}
        </button>
      )}
      {isKnown && !hasOlder(shown) && entries.length > 0 && <p class="hint end">Start of the log</p>}
    </section>
  );
}

function Results({ log: { found, status } }: { log: LogState }) {
  if (!found) return null;
  const { count, isExact, query, results } = found;
  return (
    <section class="card" aria-labelledby="found">
      <h2 id="found" aria-live="polite">
        {isExact ? '' : 'At least '}
        {count === 1 ? '1 message' : `${count} messages`} for “{query}”
      </h2>
      {count === 0 && <p>Nothing found. Try fewer words, or a prefix with a star.</p>}
      <ol class="entries">
        {results.map((message) => (
          <Entry key={message.id} message={message} />
        ))}
      </ol>
      {results.length < count && (
        <button type="button" class="older" disabled={status !== 'open'} onClick={moreFound}>
          More results
        </button>
      )}
    </section>
  );
}

/** Asks for a login or an API key if the server requires one. */
function Admission({ log: { error } }: { log: LogState }) {
  const [key, setKey] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    showKey(key);
  };
  return (
    <section class="card narrow" aria-labelledby="admission">
      <h2 id="admission">Log in to read the log</h2>
      {error && <p role="alert">{errorText(error)}.</p>}
      <p>
        <a class="button" href="/me">
          {tokens.value ? 'Log in again' : 'Log in'}
        </a>
      </p>
      <form onSubmit={submit}>
        <label class="field">
          Or use an API key
          <input
            type="password"
            value={key}
            autocomplete="off"
            onInput={({ currentTarget }) => setKey(currentTarget.value)}
          />
        </label>
        <button type="submit" class="primary" disabled={!key.trim()}>
          Open the log
        </button>
      </form>
    </section>
  );
}
