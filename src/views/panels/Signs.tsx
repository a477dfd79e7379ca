/** What the stage draws, each sign in small beside what it stands for. */
import type { ReactElement } from 'react'

/** Neighbours of the address ramp; they read on every theme. */
const BLOCKS = ['#3b528b', '#2c728e', '#21918c', '#28ae80']

function Blocks({ from, count }: { readonly from: number; readonly count: number }): ReactElement[] {
  return BLOCKS.slice(0, count).map((fill, i) => (
    <rect key={fill} x={from + i * 8} y="6" width="6" height="12" rx="1.5" fill={fill} />
  ))
}

interface OutlineProps {
  readonly x: number
  readonly width: number
  readonly ink: string
  readonly dashed?: boolean
}

function Outline({ x, width, ink, dashed = false }: OutlineProps): ReactElement {
  return (
    <rect
      x={x}
      y="3"
      width={width}
      height="18"
      rx="3"
      fill="none"
      stroke={`var(--ink-${ink})`}
      strokeWidth="1.6"
      strokeDasharray={dashed ? '3 2' : undefined}
    />
  )
}

const SIGNS: readonly { readonly sign: ReactElement; readonly about: string }[] = [
  {
    sign: <Blocks from={5} count={4} />,
    about: 'A block is a bio. Its colour is its address, its width its size: neighbours have like colours.',
  },
  {
    sign: (
      <>
        <Outline x={12} width={16} ink="hold" dashed />
        <text x="20" y="16" textAnchor="middle" fontSize="11" fill="var(--ink-hold)">
          2
        </text>
      </>
    ),
    about: 'A dashed outline is an original that waits; the number says for how many clones.',
  },
  {
    sign: (
      <>
        <rect x="16" y="6" width="8" height="12" rx="1.5" fill={BLOCKS[2]} />
        <Outline x={13} width={14} ink="halo" dashed />
      </>
    ),
    about: 'A block with a dashed halo is a clone that device-mapper made.',
  },
  {
    sign: (
      <>
        <Outline x={2} width={36} ink="merge" />
        <Blocks from={5} count={4} />
      </>
    ),
    about: 'A frame is a request; the blocks in it are its bios, in the order of their sectors.',
  },
  {
    sign: (
      <>
        <Outline x={2} width={36} ink="halo" dashed />
        <Blocks from={5} count={4} />
      </>
    ),
    about: 'A dashed frame is a request clone; its original stays on the dm device and holds its tag.',
  },
  {
    sign: (
      <>
        {[5, 13, 21, 29].map((x, i) => (
          <circle
            key={x}
            cx={x + 3}
            cy="12"
            r="3"
            fill={i < 2 ? 'var(--ink-text)' : 'none'}
            stroke="var(--ink-text)"
          />
        ))}
      </>
    ),
    about: 'A row of circles is tags: filled ones are in use. Red: none is free.',
  },
  {
    sign: (
      <>
        <Outline x={2} width={36} ink="bad" dashed />
        <circle cx="32" cy="8" r="2.6" fill="none" stroke="var(--ink-bad)" strokeWidth="1.6" />
        <Blocks from={6} count={2} />
      </>
    ),
    about: 'A red pocket keeps what has to wait, and says until when; its ring is the timer, running out.',
  },
  {
    sign: <path d="M4 12H14l-2-5 8 5-5 2 9 6-2-6H36" fill="none" stroke="var(--ink-bad)" strokeWidth="1.6" />,
    about: 'A broken red line is a path that has failed; beside it stands what became of its I/O.',
  },
  {
    sign: (
      <>
        {BLOCKS.map((ink, i) => (
          <rect
            key={ink}
            x={3 + i * 9}
            y="7"
            width="7"
            height="10"
            rx="1"
            fill={i < 2 ? ink : 'none'}
            stroke={ink}
          />
        ))}
      </>
    ),
    about: 'The strip at the foot is the LUN: what is complete is filled in.',
  },
]

export function Signs(): ReactElement[] {
  return SIGNS.map(({ sign, about }) => (
    <li key={about} className="sign">
      <svg viewBox="0 0 40 24" aria-hidden="true">
        {sign}
      </svg>
      <span>{about}</span>
    </li>
  ))
}
