// A TCP proxy between the page and the server, controlled by a test: it can drop data, end connections and refuse new
// ones.
import { createServer, connect, type Socket } from 'node:net';

export interface Network {
  /** The address of the proxy. */
  url: string;
  /** Silently drops all data from now on, or only the server's answers. */
  swallow: (what: 'all' | 'answers') => void;
  /** Ends all connections and refuses new ones. */
  cut: () => void;
  /** The number of connections refused so far. */
  refused: () => number;
  /** Forwards new connections again. */
  mend: () => void;
  stop: () => Promise<void>;
}

export async function networkTo(server: string): Promise<Network> {
  const { hostname, port } = new URL(server);
  const open = new Set<Socket>();
  let isCut = false;
  let refused = 0;
  let lost: 'nothing' | 'all' | 'answers' = 'nothing';
  const proxy = createServer((page) => {
    if (isCut) {
      refused += 1;
      return void page.destroy();
    }
    const far = connect(Number(port), hostname);
    const end = () => [page, far].forEach((socket) => open.delete(socket.destroy()));
    for (const socket of [page, far]) open.add(socket.on('error', end).on('close', end));
    page.on('data', (bytes) => lost !== 'all' && far.write(bytes));
    far.on('data', (bytes) => lost === 'nothing' && page.write(bytes));
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  const cut = () => {
    isCut = true;
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(proxy.address() as { port: number }).port}`,
    swallow: (what) => {
      lost = what;
    },
    cut,
    refused: () => refused,
    mend: () => {
      lost = 'nothing';
      isCut = false;
    },
    stop: () => {
      cut();
      return new Promise((done) => proxy.close(() => done()));
    },
  };
}
