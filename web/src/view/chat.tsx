// The chat of the table with the players present: beside the table on wide screens, otherwise a sheet over it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { chat as sendMessage } from '../actions';
import type { ChatMessage, ErrorData } from '../protocol/server';
import { change, state } from '../store';
import { bare, PRESENCE_TEXTS, presentAt } from './chat_seats';

/** The width from which the chat fits beside the table; `style/chat.css` has the same breakpoint. */
const BESIDE = matchMedia('(min-width: 1150px)');
/** The server's limit for a message, in characters. */
const LONGEST = 2_000;
/** The length from which the remaining characters are shown. */
const NEARLY = 1_800;

const open = (isChatOpen: boolean): void => change((before) => ({ ...before, isChatOpen }));

function useBeside(): boolean {
  const [isBeside, set] = useState(BESIDE.matches);
  useEffect(() => {
    const follow = () => set(BESIDE.matches);
    BESIDE.addEventListener('change', follow);
    return () => BESIDE.removeEventListener('change', follow);
  }, []);
  return isBeside;
}

/** The button that opens the sheet, with the number of unread messages. */
export function ChatToggle() {
  const { chatTotal, chatRead, isChatOpen } = state.value;
  const unread = chatTotal - chatRead;
  const label = unread ? `Chat, ${unread} unread` : 'Chat';
  return (
    <button
      type="button"
      class="quiet icon chat-toggle"
      aria-label={label}
      aria-expanded={isChatOpen}
      aria-controls="chat"
      onClick={() => open(!isChatOpen)}
    >
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        <path d="M4 4h16v12H10l-5 4v-4H4z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" />
      </svg>
      {unread > 0 && (
        <b class="badge" aria-hidden="true">
          {unread > 9 ? '9+' : unread}
        </b>
      )}
    </button>
  );
}

export function ChatPanel() {
  const { chat, chatTotal, isChatOpen, name } = state.value;
  const isBeside = useBeside();
  const isSeen = isBeside || isChatOpen;
  useEffect(() => {
    if (isSeen && state.value.chatRead !== chatTotal) change((before) => ({ ...before, chatRead: before.chatTotal }));
  }, [isSeen, chatTotal]);
  useEffect(() => () => open(false), []);
  const close = () => {
    open(false);
    document.querySelector<HTMLElement>('.chat-toggle')?.focus();
  };
  const last = chat.at(-1);
  return (
    <>
      <aside
        id="chat"
        class={`chat ${isChatOpen ? 'open' : ''}`}
        aria-label="Chat"
        onKeyDown={({ key }) => key === 'Escape' && isChatOpen && close()}
      >
        <header>
          <h2>Chat</h2>
          <button type="button" class="quiet icon close" aria-label="Close the chat" onClick={close}>
            ×
          </button>
        </header>
        <People />
        <Messages chat={chat} isSeen={isSeen} />
        <MessageForm shallFocus={isChatOpen && !isBeside} />
      </aside>
      <div class="unseen" role="log" aria-live="polite">
        {last && last.player !== name ? `${last.player} says: ${last.message}` : ''}
      </div>
    </>
  );
}

function People() {
  const { room, game, name } = state.value;
  if (!room) return null;
  return (
    <ul class="people" aria-label="At the table">
      {presentAt(room, game).map((one) => (
        <li key={one.position} class={one.presence} title={PRESENCE_TEXTS[one.presence]}>
          <i aria-hidden="true" />
          <span translate={one.name === name}>{one.name === name ? 'You' : bare(one.name)}</span>
          <small>
            {one.presence === 'here' ? <span class="unseen">here</span> : PRESENCE_TEXTS[one.presence].split(',')[0]}
          </small>
        </li>
      ))}
    </ul>
  );
}

/** The list of messages; it stays scrolled to its end unless the reader has scrolled up. */
function Messages({ chat, isSeen }: { chat: readonly ChatMessage[]; isSeen: boolean }) {
  const list = useRef<HTMLOListElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    if (list.current && isAtEnd.current) list.current.scrollTop = list.current.scrollHeight;
  }, [chat, isSeen]);
  const follow = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: { currentTarget: HTMLElement }) => {
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < 40;
  };
  return (
    <ol class="said" ref={list} onScroll={follow} tabIndex={0} aria-label="Messages">
      {chat.length === 0 && <li class="none">No messages yet</li>}
      {chat.map((one, at) => (
        <Line key={one.message_id} entry={one} isNext={chat[at - 1]?.player === one.player} />
      ))}
    </ol>
  );
}

function Line({ entry: { player, is_bot, message }, isNext }: { entry: ChatMessage; isNext: boolean }) {
  const isMine = player === state.value.name;
  return (
    <li class={`${isMine ? 'mine' : ''} ${isNext ? 'next' : ''}`}>
      <span class={isNext ? 'unseen' : 'by'}>
        {isMine ? 'You' : bare(player)}
        {is_bot && <small class="tag">bot</small>}
      </span>
      <p>{message}</p>
    </li>
  );
}

/** Enter sends, Shift+Enter starts a new line. A refused message stays in the field. */
function MessageForm({ shallFocus }: { shallFocus: boolean }) {
  const [text, setText] = useState('');
  const [refusal, refuse] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (shallFocus) field.current?.focus();
  }, [shallFocus]);
  const left = LONGEST - [...text.trim()].length;
  const send = async () => {
    if (!text.trim() || left < 0 || isSending) return;
    setSending(true);
    const { ok, message } = await sendMessage(text.trim());
    setSending(false);
    refuse(ok ? null : refusalText(message as unknown as { error?: ErrorData }));
    if (ok) setText('');
    field.current?.focus();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      class="say"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {refusal && <p class="refusal">{refusal}</p>}
      {left < LONGEST - NEARLY && (
        <p class={left < 0 ? 'refusal' : 'hint'}>
          {left < 0 ? `${characters(-left)} over the limit` : `${characters(left)} left`}
        </p>
      )}
      <textarea
        ref={field}
        rows={1}
        value={text}
        aria-label="Message to the table"
        placeholder="Write a message"
        onKeyDown={key}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          refuse(null);
        }}
      />
      <button type="submit" class="primary" disabled={!text.trim() || left < 0 || isSending}>
        Send
      </button>
    </form>
  );
}

const characters = (count: number): string => (count === 1 ? '1 character' : `${count} characters`);

/** Why the message was not sent, with the time to wait if the server sends one. */
function refusalText({ error }: { error?: ErrorData }): string {
  const wait = error?.details['retry_after_ms'];
  if (error?.code === '4001' && typeof wait === 'number')
    return `Not sent: too many messages. Try again in ${Math.ceil(wait / 1000)} s.`;
  return `Not sent. ${error?.message ?? ''}`;
}
