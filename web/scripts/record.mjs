// Plays a game against three bots on a running server and records all messages of the server, one per line:
// `node scripts/record.mjs [ws://127.0.0.1:8000] [FILE]`. In the second round the connection is cut once and restored.
import { writeFile } from 'node:fs/promises';
import { WebSocket } from 'ws';

const server = process.argv[2] ?? 'ws://127.0.0.1:8000';
const file = process.argv[3] ?? new URL('../test/recorded/practice.jsonl', import.meta.url);
const NAME = 'Ann';
const SECRETS = /"(session_token|connection_id)":"[^"]*"/g;

const lines = [];
let token = '';
let room = '';
let seen = 0;
let hand = null;
let hasBeenAway = false;
let missed = 0;
let socket;
let number = 0;

const send = (event, data) => socket.send(JSON.stringify({ event, data, sequence: ++number }));

function connect() {
  socket = new WebSocket(`${server}/ws/lobby`);
  const own = socket;
  socket.on('message', (bytes) => own === socket && receive(String(bytes)));
  socket.on('error', (error) => {
    console.error(`record: ${error.message}`);
    process.exit(1);
  });
}

function receive(text) {
  lines.push(text.replace(SECRETS, '"$1":"hidden"'));
  const { event, data, sequence_number } = JSON.parse(text);
  if (sequence_number) seen = sequence_number;
  if (data?.session_token) token = data.session_token;
  const isMissed = sequence_number && missed > 0;
  if (isMissed) missed -= 1;
  if (!isMissed || event === 'hand_updated') answers[event]?.(data);
}

const answers = {
  connected() {
    if (token) send('join_room', { room_id: room, player_name: NAME, session_token: token, last_sequence: seen });
    else {
      send('room_list', {});
      send('create_room', {
        room_name: 'Recorded',
        player_name: NAME,
        is_public: false,
        options: { bot_difficulty: 'easy', pace: 'instant', rules: { target_score: 200, max_rounds: 3 } },
      });
    }
  },
  room_created(data) {
    room = data.room_id;
    send('chat', { player_name: NAME, message: 'good luck' });
    send('start_game', { player_name: NAME });
  },
  hand_updated(data) {
    hand = data;
  },
  reconnected(data) {
    hand = data.hand;
    missed = data.missed_events;
    act(data.game_state.phase, data.game_state.phase_data);
  },
  phase_change({ phase, phase_data, game_state }) {
    if (phase === 'TURN' && game_state.round_number === 2 && phase_data.current_player !== NAME && !hasBeenAway) {
      hasBeenAway = true;
      socket.terminate();
      socket = null;
      // Long enough for the bots to play.
      setTimeout(connect, 300);
      return;
    }
    act(phase, phase_data);
  },
  async game_over() {
    await writeFile(file, `${lines.join('\n')}\n`);
    console.log(`record: ${lines.length} messages`);
    socket.close();
  },
};

function act(phase, asked) {
  if (phase === 'PREPARATION' && asked.waiting_for_decisions && asked.decisions[NAME] === null)
    send('decline_redeal', { player_name: NAME });
  if (asked.current_player !== NAME) return;
  if (phase === 'DECLARATION')
    send('declare', {
      player_name: NAME,
      declaration: asked.valid_declarations.at(Math.min(2, asked.valid_declarations.length - 1)),
    });
  if (phase === 'TURN') {
    const count = asked.required_piece_count;
    const ids = count === null ? hand.valid_sets.at(-1).piece_ids : hand.pieces.slice(-count).map((piece) => piece.id);
    send('play', { player_name: NAME, piece_ids: ids });
  }
}

connect();
