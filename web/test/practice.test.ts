// The state on a complete recorded game: one person, three bots, a lost connection in the second round.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Incoming, receive } from '../src/handlers';
import type { ServerEvents } from '../src/protocol/server';
import { currentPlayer, held, initial, isAsked, type State } from '../src/state';

type Message<E extends keyof ServerEvents = keyof ServerEvents> = ServerEvents[E] & Incoming;

const NAME = 'Ann';
const text = readFileSync(new URL('./recorded/practice.jsonl', import.meta.url), 'utf8');
const messages = text
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Message);
const is = <E extends keyof ServerEvents>(message: Message, event: E): message is Message & Message<E> =>
  message.event === event;

/** Every message with the state after it. */
function replay(from: State = initial(NAME)): { message: Message; before: State; after: State }[] {
  let state = from;
  return messages.map((message) => {
    const before = state;
    state = receive(state, message);
    return { message, before, after: state };
  });
}

const last = (): State => replay().at(-1)?.after ?? initial();

describe('a recorded game', () => {
  test('ends with the scores and winners that the server sent', () => {
    const over = messages.find((message) => is(message, 'game_over'));
    const { game } = last();
    expect(game?.phase.name).toBe('GAME_OVER');
    expect(over && is(over, 'game_over') && over.data.final_scores).toEqual(game?.scores);
    expect(game?.over?.winners).toEqual((game?.phase.data as { winners: string[] } | undefined)?.winners);
    expect(game?.commitment).toMatch(/^[0-9a-f]{64}$/);
  });

  test('has four players, three of them bots', () => {
    const { room, name } = last();
    expect(room?.seats.map((seat) => seat.is_bot)).toEqual([false, true, true, true]);
    expect(room?.seats[0]?.name).toBe(name);
  });

  test('has the phase, scores and piles of every `phase_change`', () => {
    for (const { message, after } of replay()) {
      if (!is(message, 'phase_change') || message.sequence_number !== after.sequence) continue;
      expect(after.game?.phase).toEqual({ name: message.data.phase, data: message.data.phase_data });
      expect(after.game?.scores).toEqual(message.data.game_state.scores);
      expect(after.game?.piles).toEqual(message.data.game_state.pile_counts);
    }
  });

  test('has the hand that was sent last, smaller after each own play', () => {
    for (const { message, before, after } of replay()) {
      if (is(message, 'hand_updated')) expect(after.hand).toEqual(message.data);
      if (is(message, 'hand_updated') && before.hand && before.game?.phase.name === 'TURN') {
        expect(message.data.count).toBeLessThan(before.hand.count);
      }
    }
  });

  test('counts the player’s pieces as the server does', () => {
    const turns = replay().filter(
      ({ message, after }) =>
        is(message, 'phase_change') && after.game?.phase.name === 'TURN' && isAsked(after) && after.catchingUp === 0,
    );
    expect(turns.length).toBeGreaterThan(10);
    for (const { after } of turns) expect(after.game && held(after.game, NAME)).toBe(after.hand?.count);
  });

  test('asks the player exactly when the server says that it is their turn', () => {
    for (const { message, after } of replay()) {
      if (!is(message, 'phase_change')) continue;
      const data = message.data.phase_data as { current_player?: string };
      if (data.current_player) expect(isAsked(after)).toBe(data.current_player === NAME);
      expect(currentPlayer(after.game)).toBe(data.current_player ?? null);
    }
  });

  test('never counts an event twice, and sequence numbers only rise', () => {
    for (const { before, after, message } of replay()) {
      if (message.sequence_number !== undefined && before.sequence > 0)
        expect(after.sequence).toBeGreaterThan(before.sequence);
      expect(receive(after, message).happenings.length).toBe(
        message.sequence_number ? after.happenings.length : receive(after, message).happenings.length,
      );
    }
  });

  test('lists what happened while the connection was lost, and only that', () => {
    const back = replay().find(({ message }) => is(message, 'reconnected'));
    const missed = back && is(back.message, 'reconnected') ? back.message.data.missed_events : 0;
    expect(missed).toBeGreaterThan(0);
    const caughtUp = replay().find(({ before, after }) => before.catchingUp === 1 && after.catchingUp === 0);
    expect(caughtUp?.after.away?.length).toBeGreaterThan(0);
    expect(caughtUp?.after.away?.length).toBeLessThanOrEqual(missed);
    expect(caughtUp?.after.away?.every(({ sequence }) => sequence > (back?.before.sequence ?? 0))).toBe(true);
    expect(last().away).toEqual(caughtUp?.after.away);
  });

  test('is the same for a page that was reloaded in between', () => {
    const at = messages.findIndex((message) => is(message, 'reconnected'));
    const fresh = messages.slice(at).reduce(receive, { ...initial('somebody else'), seen: 0 });
    const { game, hand, name } = last();
    const lost = { commitment: null, observations: null };
    expect({ ...fresh.game, ...lost }).toEqual({ ...game, ...lost });
    expect([fresh.hand, fresh.name]).toEqual([hand, name]);
  });

  test('keeps each chat message once', () => {
    expect(
      last()
        .chat.filter(({ player }) => player === NAME)
        .map(({ message }) => message),
    ).toEqual(['good luck']);
  });
});
