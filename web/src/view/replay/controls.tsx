// The playback controls: the text of the current frame, buttons, slider and speed.
import type { Playback } from './player';
import { SPEEDS } from './player';
import type { Frame } from './steps';

const SHAPES = {
  first: 'M6 5v14M19 5 9 12l10 7z',
  back: 'M17 5 7 12l10 7z',
  play: 'M7 4l13 8-13 8z',
  pause: 'M8 5v14M16 5v14',
  next: 'M7 5l10 7-10 7z',
  last: 'M18 5v14M5 5l10 7-10 7z',
} as const;

export function Controls({ frame, count, playback }: { frame: Frame; count: number; playback: Playback }) {
  const { at, isRunning, speed, seek, toggle, setSpeed } = playback;
  return (
    <section class="card controls" aria-label="Playback">
      <p class="telling" aria-live={isRunning ? 'off' : 'polite'}>
        {frame.text}
      </p>
      <div class="scrub">
        <input
          type="range"
          min={0}
          max={count - 1}
          value={at}
          aria-label="Position in the game"
          aria-valuetext={`${at + 1} of ${count}: ${frame.text}`}
          onInput={({ currentTarget }) => seek(currentTarget.valueAsNumber)}
        />
        <span class="count">
          {at + 1} / {count}
        </span>
      </div>
      <div class="row">
        <Button shape="first" label="To the beginning" isOff={at === 0} act={() => seek(0)} />
        <Button shape="back" label="Step back" isOff={at === 0} act={() => seek(at - 1)} />
        <Button shape={isRunning ? 'pause' : 'play'} label={isRunning ? 'Pause' : 'Play'} act={toggle} isMain />
        <Button shape="next" label="Step forward" isOff={at === count - 1} act={() => seek(at + 1)} />
        <Button shape="last" label="To the end" isOff={at === count - 1} act={() => seek(count - 1)} />
        <label class="speed">
          <span class="unseen">Speed</span>
          <select value={speed} onChange={({ currentTarget }) => setSpeed(Number(currentTarget.value))}>
            {SPEEDS.map((one) => (
              <option key={one} value={one}>
                {one}×
              </option>
            ))}
          </select>
        </label>
      </div>
      <p class="hint keys">Arrow keys step, the space bar plays, Home and End jump.</p>
    </section>
  );
}

interface Drawn {
  shape: keyof typeof SHAPES;
  label: string;
  act: () => void;
  isOff?: boolean;
  isMain?: boolean;
}

function Button({ shape, label, act, isOff = false, isMain = false }: Drawn) {
  return (
    <button
      type="button"
      class={isMain ? 'icon primary' : 'icon'}
      aria-label={label}
      title={label}
      disabled={isOff}
      onClick={act}
    >
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <path
          d={SHAPES[shape]}
          fill={shape === 'pause' ? 'none' : 'currentColor'}
          stroke="currentColor"
          stroke-width="2.5"
          stroke-linejoin="round"
          stroke-linecap="round"
        />
      </svg>
    </button>
  );
}
