// The light or dark theme: the system's, until the player chooses one.
import { signal } from '@preact/signals';
import { keep } from './keep';

type Theme = 'light' | 'dark';

const dark = matchMedia('(prefers-color-scheme: dark)');
const chosen = signal<Theme | null>(keep.get<Theme | null>('theme', null));
const system = signal<Theme>(dark.matches ? 'dark' : 'light');
dark.addEventListener('change', () => {
  system.value = dark.matches ? 'dark' : 'light';
});

export const theme = (): Theme => chosen.value ?? system.value;

export function applyTheme(): void {
  if (chosen.value) document.documentElement.dataset['theme'] = chosen.value;
}

export function toggleTheme(): void {
  chosen.value = theme() === 'dark' ? 'light' : 'dark';
  keep.set('theme', chosen.value);
  applyTheme();
}
