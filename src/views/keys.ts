/**
 * The one table of keys: it feeds the handler, the help and the titles of buttons.
 *
 * PageUp, PageDown, `b` and `.` belong to clickers in a talk and are not used here.
 */
export type KeyAction =
  | 'toggle'
  | 'step_forward'
  | 'step_back'
  | 'mark_forward'
  | 'mark_back'
  | 'to_start'
  | 'to_end'
  | 'slower'
  | 'faster'
  | 'pace'
  | 'scenarios'
  | 'follow_next'
  | 'follow_previous'
  | 'own_event_back'
  | 'own_event_forward'
  | 'close'
  | 'theme'
  | 'lane_a'
  | 'lane_b'
  | 'lanes_all'
  | 'ghost'
  | 'parting'
  | 'zoom'
  | 'help'
  | 'palette'
  | 'editor'
  | 'settings'
  | 'dock_timeline'
  | 'dock_charts'
  | 'dock_log'
  | 'dock_search'
  | 'dock_maximise'
  | 'range_from'
  | 'range_to'
  | 'range_zoom'
  | 'act_menu'
  | 'cut'
  | 'undo'
  | 'redo'
  | 'branches'
  | 'lanes'
  | 'console'
  | 'until'
  | 'loop'
  | 'stop_forward'
  | 'stop_back'

export const KEY_GROUPS = ['Time', 'Acting', 'I/Os', 'Page', 'Dock'] as const
export type KeyGroup = (typeof KEY_GROUPS)[number]

export interface KeyBinding {
  readonly action: KeyAction
  /** `event.key`, with `shift+` in front where shift matters, and `ctrl+` before that (Cmd on a Mac). */
  readonly keys: readonly string[]
  /** As printed on a key. */
  readonly caps: string
  readonly about: string
  readonly group: KeyGroup
}

export const KEYS: readonly KeyBinding[] = [
  { action: 'toggle', keys: [' '], caps: 'space', about: 'play or pause', group: 'Time' },
  { action: 'step_forward', keys: ['ArrowRight'], caps: '→', about: 'one event forwards', group: 'Time' },
  { action: 'step_back', keys: ['ArrowLeft'], caps: '←', about: 'one event back', group: 'Time' },
  {
    action: 'mark_forward',
    keys: ['shift+ArrowRight'],
    caps: 'shift →',
    about: 'to the next milestone',
    group: 'Time',
  },
  {
    action: 'mark_back',
    keys: ['shift+ArrowLeft'],
    caps: 'shift ←',
    about: 'to the milestone before',
    group: 'Time',
  },
  { action: 'to_start', keys: ['Home'], caps: 'Home', about: 'to the start', group: 'Time' },
  { action: 'to_end', keys: ['End'], caps: 'End', about: 'to the end', group: 'Time' },
  { action: 'slower', keys: ['-'], caps: '−', about: 'slower', group: 'Time' },
  { action: 'faster', keys: ['+', '='], caps: '+', about: 'faster', group: 'Time' },
  { action: 'pace', keys: ['p'], caps: 'p', about: 'story pace or real ratio', group: 'Time' },
  {
    action: 'stop_forward',
    keys: ['n'],
    caps: 'n',
    about: "to the author's next stop",
    group: 'Time',
  },
  {
    action: 'stop_back',
    keys: ['shift+N'],
    caps: 'shift n',
    about: "to the author's stop before",
    group: 'Time',
  },
  { action: 'until', keys: ['u'], caps: 'u', about: 'run until: a failure, a merge, a time', group: 'Time' },
  { action: 'loop', keys: ['r'], caps: 'r', about: 'repeat the selected time, or no more', group: 'Time' },
  {
    action: 'act_menu',
    keys: ['shift+F10', 'ContextMenu'],
    caps: 'shift F10',
    about: 'what can be done to the thing that has the focus',
    group: 'Acting',
  },
  {
    action: 'cut',
    keys: ['x'],
    caps: 'x',
    about: 'cut the cable of the path that has the focus, or plug it in',
    group: 'Acting',
  },
  { action: 'undo', keys: ['ctrl+z'], caps: 'ctrl z', about: 'undo: the branch before', group: 'Acting' },
  {
    action: 'redo',
    keys: ['ctrl+shift+z', 'ctrl+y'],
    caps: 'ctrl y',
    about: 'redo: the branch that was left',
    group: 'Acting',
  },
  { action: 'branches', keys: ['v'], caps: 'v', about: 'branches of what was done', group: 'Acting' },
  {
    action: 'lanes',
    keys: ['a'],
    caps: 'a',
    about: 'change, add, compare lanes',
    group: 'Acting',
  },
  { action: 'console', keys: ['`'], caps: '`', about: 'console', group: 'Acting' },
  { action: 'follow_next', keys: ['f'], caps: 'f', about: 'follow the next I/O', group: 'I/Os' },
  {
    action: 'follow_previous',
    keys: ['shift+F'],
    caps: 'shift f',
    about: 'follow the I/O before',
    group: 'I/Os',
  },
  {
    action: 'own_event_back',
    keys: ['['],
    caps: '[',
    about: 'to the cause of this event, for the I/O that is followed',
    group: 'I/Os',
  },
  {
    action: 'own_event_forward',
    keys: [']'],
    caps: ']',
    about: 'to what came of this event, for the I/O that is followed',
    group: 'I/Os',
  },
  { action: 'scenarios', keys: ['s'], caps: 's', about: 'menu of scenarios', group: 'Page' },
  { action: 'lane_a', keys: ['1'], caps: '1', about: 'lane A alone', group: 'Page' },
  { action: 'lane_b', keys: ['2'], caps: '2', about: 'lane B alone', group: 'Page' },
  { action: 'lanes_all', keys: ['3'], caps: '3', about: 'all lanes side by side', group: 'Page' },
  {
    action: 'parting',
    keys: ['d'],
    caps: 'd',
    about: 'to the first event at which the lanes differ',
    group: 'Page',
  },
  { action: 'ghost', keys: ['g'], caps: 'g', about: 'the other lane as a ghost', group: 'Page' },
  { action: 'zoom', keys: ['q'], caps: 'q', about: 'into a queue, then the next one', group: 'Page' },
  { action: 'palette', keys: ['ctrl+k'], caps: 'ctrl k', about: 'do or find anything', group: 'Page' },
  { action: 'editor', keys: ['e'], caps: 'e', about: 'edit the scenario', group: 'Page' },
  { action: 'settings', keys: [','], caps: ',', about: 'settings', group: 'Page' },
  { action: 'theme', keys: ['t'], caps: 't', about: 'theme: dark, light, projector', group: 'Page' },
  {
    action: 'close',
    keys: ['Escape'],
    caps: 'Esc',
    about: 'close what is open, follow nobody',
    group: 'Page',
  },
  { action: 'help', keys: ['?', 'shift+?'], caps: '?', about: 'this help', group: 'Page' },
  { action: 'dock_timeline', keys: ['w'], caps: 'w', about: 'timeline', group: 'Dock' },
  { action: 'dock_charts', keys: ['c'], caps: 'c', about: 'charts', group: 'Dock' },
  { action: 'dock_log', keys: ['l'], caps: 'l', about: 'log of events', group: 'Dock' },
  { action: 'dock_search', keys: ['/'], caps: '/', about: 'search in the log', group: 'Dock' },
  { action: 'dock_maximise', keys: ['m'], caps: 'm', about: 'dock over the stage and back', group: 'Dock' },
  { action: 'range_from', keys: ['i'], caps: 'i', about: 'select time from here', group: 'Dock' },
  { action: 'range_to', keys: ['o'], caps: 'o', about: 'select time up to here', group: 'Dock' },
  {
    action: 'range_zoom',
    keys: ['z'],
    caps: 'z',
    about: 'zoom to the selected time and back; none selected: into a queue',
    group: 'Dock',
  },
]

/** Keys that work while a lane has the focus; they move a cursor over the things in it. */
export const LANE_KEYS: readonly { readonly caps: string; readonly about: string }[] = [
  { caps: '↓ ↑', about: 'on a lane: next, previous thing' },
  { caps: 'Enter', about: 'on a lane: follow what the cursor is on' },
  { caps: 'm', about: 'on a path, the map, a cursor: what can be done to it' },
  { caps: 'w', about: 'on anything that has the focus: why?' },
]

/** Keys of the panels of the dock, while one has the focus. */
export const DOCK_KEYS: readonly { readonly caps: string; readonly about: string }[] = [
  { caps: '+ − 0', about: 'in the timeline: nearer, farther, all' },
  { caps: '← →', about: 'in the timeline: along, when zoomed' },
  { caps: '↑ ↓', about: 'in the log: event before, next' },
  { caps: 'Enter', about: 'in the log: go to the event' },
  { caps: 'shift Enter', about: 'in the log: go there and follow its I/O' },
]

/** For clickers; a test keeps them out of the table. */
export const RESERVED_KEYS: readonly string[] = ['PageUp', 'PageDown', 'b', '.']

const BY_KEY: ReadonlyMap<string, KeyAction> = new Map(
  KEYS.flatMap(({ action, keys }) => keys.map((key) => [key, action] as const)),
)

export interface KeyPress {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
}

export function actionOf(press: KeyPress): KeyAction | undefined {
  if (press.altKey) return undefined
  const shift = press.shiftKey ? 'shift+' : ''
  if (press.ctrlKey || press.metaKey) return BY_KEY.get(`ctrl+${shift}${press.key.toLowerCase()}`)
  const withShift = press.shiftKey ? BY_KEY.get(`shift+${press.key}`) : undefined
  if (withShift !== undefined) return withShift
  const isLetterOrArrow = /^([A-Z]|Arrow.*)$/.test(press.key)
  return press.shiftKey && isLetterOrArrow ? undefined : BY_KEY.get(press.key)
}
