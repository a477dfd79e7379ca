/** Every command that the console knows: how it is written, what it does, what may stand where. */

/** What may stand at a place of a command: the word itself, or words that depend on the lane at hand. */
export type Slot =
  | string
  | {
      readonly any:
        | 'map'
        | 'disk'
        | 'number'
        | 'group'
        | 'error'
        | 'message'
        | 'file'
        | 'writable'
        | 'timer'
        | 'seconds'
        | 'value'
        | 'fio'
        | 'command'
    }

export interface CommandEntry {
  readonly syntax: string
  readonly about: string
  readonly does: 'acts' | 'asks'
  /** bioscope's own, because no tool has it. */
  readonly own?: true
  readonly slots: readonly Slot[]
}

const map: Slot = { any: 'map' }
const disk: Slot = { any: 'disk' }
const group: Slot = { any: 'group' }

function acts(syntax: string, about: string, ...slots: readonly Slot[]): CommandEntry {
  return { syntax, about, does: 'acts', slots }
}

function asks(syntax: string, about: string, ...slots: readonly Slot[]): CommandEntry {
  return { syntax, about, does: 'asks', slots }
}

function own(syntax: string, about: string, ...slots: readonly Slot[]): CommandEntry {
  return { syntax, about, does: 'acts', own: true, slots }
}

export const COMMANDS: readonly CommandEntry[] = [
  acts(
    'dmsetup message MAP 0 "MESSAGE"',
    'tells the multipath target something: fail_path, reinstate_path, switch_group ...',
    ...['dmsetup', 'message', map, '0', { any: 'message' } as const],
  ),
  acts(
    'dmsetup suspend [--noflush] [--nolockfs] MAP',
    'holds back new I/O of the map',
    'dmsetup',
    'suspend',
    map,
  ),
  acts('dmsetup resume MAP', 'lets it go on, with the table that was loaded', 'dmsetup', 'resume', map),
  acts(
    'dmsetup reload MAP --table "LINE"',
    'loads a table that becomes live at the next resume',
    ...['dmsetup', 'reload', map, '--table'],
  ),
  asks(
    'dmsetup status [MAP]',
    'state of the target: paths, failures, the selector',
    'dmsetup',
    'status',
    map,
  ),
  asks('dmsetup table [MAP]', 'the live table line', 'dmsetup', 'table', map),
  asks('dmsetup ls', 'the maps and their numbers', 'dmsetup', 'ls'),
  asks('dmsetup info [MAP]', 'state, open count and tables of the map', 'dmsetup', 'info', map),
  asks('multipath -ll', 'the map with its groups and paths', 'multipath', '-ll'),
  asks('multipathd show paths', 'the paths and what is thought of them', 'multipathd', 'show', 'paths'),
  asks('multipathd show maps', 'the maps', 'multipathd', 'show', 'maps'),
  asks(
    'multipathd show maps status',
    'what becomes of I/O without a path, and how long still',
    ...['multipathd', 'show', 'maps', 'status'],
  ),
  asks('multipathd show topology', 'the same as multipath -ll', 'multipathd', 'show', 'topology'),
  acts('multipathd fail path DISK', 'sends fail_path', 'multipathd', 'fail', 'path', disk),
  acts('multipathd reinstate path DISK', 'sends reinstate_path', 'multipathd', 'reinstate', 'path', disk),
  acts(
    'multipathd disablequeueing map MAP',
    'sends fail_if_no_path',
    ...['multipathd', 'disablequeueing', 'map', map],
  ),
  acts(
    'multipathd restorequeueing map MAP',
    'sends queue_if_no_path',
    ...['multipathd', 'restorequeueing', 'map', map],
  ),
  acts(
    'multipathd switch map MAP group N',
    'sends switch_group',
    ...['multipathd', 'switch', 'map', map, 'group', group],
  ),
  acts('multipathd suspend map MAP', 'suspends the map', 'multipathd', 'suspend', 'map', map),
  acts('multipathd resume map MAP', 'resumes the map', 'multipathd', 'resume', 'map', map),
  acts(
    'echo VALUE > /sys/block/DEV/queue/ATTRIBUTE',
    'changes a limit, a scheduler or another attribute of a queue',
    ...['echo', { any: 'value' } as const, '>', { any: 'writable' } as const],
  ),
  acts(
    'echo SECONDS > /sys/class/fc_remote_ports/rport-H:0-0/fast_io_fail_tmo',
    'how long after its port is lost I/O of a Fibre Channel disk fails; off: not before dev_loss_tmo',
    ...['echo', { any: 'seconds' } as const, '>', { any: 'timer' } as const],
  ),
  acts(
    'echo SECONDS > /sys/class/fc_remote_ports/rport-H:0-0/dev_loss_tmo',
    'how long after its port is lost the disk is removed; infinity: never',
    'echo',
    'infinity',
  ),
  acts(
    'echo SECONDS > /sys/class/iscsi_session/sessionN/recovery_tmo',
    "iSCSI's replacement_timeout: how long after its session is lost I/O waits before it fails",
    'echo',
    '30',
  ),
  acts(
    'echo offline > /sys/block/DISK/device/state',
    'takes a disk offline, or running again',
    'echo',
    'offline',
  ),
  acts('echo 1 > /sys/block/DISK/device/delete', 'removes a disk', 'echo', '1'),
  acts('echo "- - -" > /sys/class/scsi_host/hostN/scan', 'looks for disks on all hosts', 'echo', '"- - -"'),
  asks('cat /sys/block/DEV/queue/ATTRIBUTE', 'what an attribute says now', 'cat', { any: 'file' }),
  asks(
    'iostat -x [SECONDS]',
    'figures of each device since the start, or of the last seconds',
    'iostat',
    '-x',
  ),
  asks('lsblk [-t]', 'the devices over each other; -t with their limits', 'lsblk', '-t'),
  acts(
    'fio --rw=PATTERN --bs=SIZE ... | fio FILE',
    'runs jobs of fio on the map; options on the line, or the text of a job file under it',
    ...['fio', { any: 'fio' } as const],
  ),
  own('link DISK down|up', 'pulls the cable of a path, or plugs it in', 'link', disk, 'down'),
  own('slow DISK FACTOR', 'the device takes so many times as long; 1 is as before', 'slow', disk, '10'),
  own('hang DISK [deaf]', 'the device gives no more answers; deaf: nor does it heed an abort', 'hang', disk),
  own('unhang DISK', 'the device answers again', 'unhang', disk),
  own(
    'inject DISK ERROR [SECTOR COUNT] [reads|writes] [times N] [chance P]',
    'the next commands that fit end with that error',
    ...['inject', disk, { any: 'error' } as const],
  ),
  {
    ...own('help [COMMAND]', 'the commands, or those that begin so', 'help', { any: 'command' }),
    does: 'asks',
  },
]

/** The commands that begin with a word, or all of them, a line each. */
export function helpText(about: string): string {
  const chosen = COMMANDS.filter(({ syntax }) => syntax.startsWith(about))
  const widest = Math.max(0, ...chosen.map(({ syntax }) => syntax.length))
  return chosen
    .map(({ syntax, about: line, own: isOwn }) => {
      return `${syntax.padEnd(widest)}  ${line}${isOwn === true ? ' (bioscope)' : ''}`
    })
    .join('\n')
}
