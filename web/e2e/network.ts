// The network between the page and the server, in the hands of a test: it can lose what is said, end connections,
// refuse new ones.
import { createServer, connect, type Socket } from 'node:net';

export interface Network {
  /** Where the server is reached through it. */
  url: string;
  /** From now on nothing arrives, though nobody is told; or only the server's answers are lost. */
  swallow: (what: 'all' | 'answers') => void;
  /** Ends every connection and takes no new ones. */
  cut: () => void;
  /** How many connections were refused so far. */
  refused: () => number;
  /** New connections reach the server again. */
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
