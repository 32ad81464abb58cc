// The server's load, from its Prometheus text.
import { expect, test } from 'vitest';
import { figures, loadOf, quantile } from '../src/metrics';

const text = (bots: number, fast: number, all: number) => `# TYPE liap_actions_total counter
liap_actions_total{by="bot"} ${bots}
liap_actions_total{by="player"} 2
liap_sessions 3
liap_rooms 1
liap_messages_received_total 10
liap_messages_delivered_total ${bots * 4}
liap_journal_seconds_bucket{le="0.001"} 9
liap_action_seconds_bucket{le="0.001"} ${fast}
liap_action_seconds_bucket{le="0.01"} ${all}
liap_action_seconds_bucket{le="+Inf"} ${all}
`;

test('rates count the changes between two readings, over all labels', () => {
  const load = loadOf(figures(text(10, 100, 100), 0), figures(text(20, 150, 200), 2_000));
  expect(load).toMatchObject({ sessions: 3, rooms: 1, actions: 5, messages: 20, slowest: 0.01 });
});

test('a restarted server has no negative rates', () => {
  expect(loadOf(figures(text(10, 100, 100), 0), figures(text(0, 0, 0), 1_000))).toMatchObject({
    actions: 0,
    messages: 0,
    slowest: null,
  });
});

test('a text without metrics is a server without load', () => {
  expect(loadOf(figures('', 0), figures('<html>', 0))).toMatchObject({ sessions: 0, actions: 0, slowest: null });
  expect(quantile([], 0.99)).toBeNull();
});
