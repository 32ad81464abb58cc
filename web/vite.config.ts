// Builds the page. `npm run dev` serves it and forwards API requests to the server that `make run` has started on port
// 8000, or to SERVER_URL.
import { defineConfig } from 'vite';

const server = process.env['SERVER_URL'] ?? 'http://127.0.0.1:8000';
const api = [
  '/ws',
  '/auth',
  '/users',
  '/battles',
  '/state',
  '/game',
  '/ai',
  '/leaderboard',
  '/guilds',
  '/api',
  '/health',
  '/metrics',
  '/admin/',
];

export default defineConfig({
  build: { target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0, reportCompressedSize: false },
  server: { proxy: Object.fromEntries(api.map((path) => [path, { target: server, ws: true }])) },
  test: { include: ['test/**/*.test.ts', 'src/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
