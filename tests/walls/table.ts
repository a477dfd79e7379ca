/**
 * Who may import whom, as data. A room is a folder directly under src; src/main.tsx is a room of its own.
 *
 * `engine` stands for its two doors, `engine/log` for the log door alone: nobody outside src/engine goes deeper.
 * `types of X` means `import type` only; `scenario/edit` is what an editor needs at every key.
 */
export interface Room {
  /** Rooms of ours that may be imported. */
  readonly may: readonly string[]
  /** Packages from outside; an entry that ends in * is a prefix. */
  readonly packages: readonly string[]
  /** One reason, quoted when the wall is broken. */
  readonly because: string
}

/** d3 modules that compute and never touch a document. */
const pureD3 = [
  'd3-array',
  'd3-scale',
  'd3-scale-chromatic',
  'd3-interpolate',
  'd3-shape',
  'd3-hierarchy',
  'd3-format',
]

export const rooms: Readonly<Record<string, Room>> = {
  lib: { may: [], packages: [], because: 'small tools depend on nothing, so that everybody may use them' },
  engine: { may: ['lib'], packages: [], because: 'the simulation must run anywhere and twice the same' },
  scenario: {
    may: ['engine', 'lib'],
    packages: ['valibot'],
    because: 'a scenario is checked before anything shows it',
  },
  record: { may: ['engine', 'lib'], packages: [], because: 'the record answers from event columns alone' },
  stats: {
    may: ['record', 'engine/log', 'lib'],
    packages: [],
    because: 'figures are functions of the record, the same in a chart, a panel and a test',
  },
  export: {
    may: ['engine', 'record', 'lib'],
    packages: [],
    because: 'texts are written from the record, in a browser or a shell',
  },
  commands: {
    may: ['engine', 'scenario', 'lib'],
    packages: [],
    because: 'a typed command is understood by a pure function',
  },
  worker: {
    may: ['engine', 'scenario', 'record', 'lib'],
    packages: [],
    because: 'the thread knows nothing of the screen',
  },
  store: {
    may: ['worker', 'record', 'commands', 'types of scenario', 'engine/log', 'lib'],
    packages: ['zustand', 'zustand/*'],
    because: 'views read the store, never the reverse, and scenarios are checked in the worker',
  },
  stage: {
    may: ['record', 'stats', 'engine/log', 'types of scenario', 'lib'],
    packages: pureD3,
    because: 'geometry is computed from plain data, testable without React or a document',
  },
  views: {
    may: [
      'store',
      'stage',
      'stats',
      'record',
      'commands',
      'lib',
      'types of scenario',
      'scenario/edit',
      'export',
      'engine/log',
    ],
    packages: ['react', 'react/*', 'react-dom', 'react-dom/*', 'zustand', 'zustand/*', 'd3-*'],
    because: 'views draw what the record says and never reach into the engine',
  },
  cli: {
    may: ['engine', 'scenario', 'record', 'export', 'worker', 'stage', 'lib'],
    // tsx: the launcher turns TypeScript on before it imports the first .ts file.
    packages: ['node:*', 'tsx/*'],
    because: 'the command line works without a screen',
  },
  'main.tsx': {
    may: ['views', 'store', 'worker'],
    packages: ['react', 'react-dom/*'],
    because: 'the entry only wires what others built',
  },
}

/** Files that stand for a part of a room: the only ones of the engine that others may import, and the editing of texts. */
export const doors: Readonly<Record<string, string>> = {
  'engine/index.ts': 'engine',
  'engine/log/index.ts': 'engine/log',
  'scenario/edit/index.ts': 'scenario/edit',
}

/** Names that would let time, chance or the outside into the engine; the compiler knows no DOM there either. */
export const bannedInEngine: readonly string[] = [
  'Date',
  'Math.random',
  'performance',
  'globalThis',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'requestAnimationFrame',
  'console',
  'crypto',
  'fetch',
  'eval',
]
