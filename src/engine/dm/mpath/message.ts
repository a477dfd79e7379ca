/** `dmsetup message DEV 0 ...`: drivers/md/dm-mpath.c:multipath_message and what it calls, 4.8 to 6.12. */
import { failPath, reinstatePath } from './fail-path.ts'
import type { Multipath } from './multipath.ts'
import { startActivation } from './pg-init.ts'
import type { PgPath } from './pg-path.ts'
import { setQueueIfNoPath } from './queue-if-no-path.ts'

/** Carries a message out; returns '' or the error the tool would print. */
export function multipathMessage(m: Multipath, message: string): string {
  if (m.host.suspended) return 'Device or resource busy'
  const [command, argument, ...rest] = message.trim().split(/\s+/)
  if (argument === undefined) {
    switch (command) {
      case 'queue_if_no_path':
        setQueueIfNoPath(m, true, false)
        return ''
      case 'fail_if_no_path':
        setQueueIfNoPath(m, false, false)
        return ''
      default:
        return 'Invalid argument'
    }
  }
  if (rest.length > 0) return 'Invalid argument'
  switch (command) {
    case 'fail_path':
      return onPaths(m, argument, (path) => {
        failPath(m, path)
      })
    case 'reinstate_path':
      return onPaths(m, argument, (path) => {
        reinstate(m, path)
      })
    case 'switch_group':
      return switchGroupNumber(m, argument)
    case 'disable_group':
      return bypassGroupNumber(m, argument, true)
    case 'enable_group':
      return bypassGroupNumber(m, argument, false)
    default:
      return 'Invalid argument'
  }
}

/** Every pgpath that leads through this device. */
function onPaths(m: Multipath, dev: string, act: (path: PgPath) => void): string {
  const paths = m.paths.filter(
    (path) => path.device.dev === dev || path.device.name === dev || `/dev/${path.device.name}` === dev,
  )
  for (const path of paths) act(path)
  return paths.length > 0 ? '' : 'Invalid argument'
}

/** reinstate_path; a path of the group in use has to be activated before it serves, if there is a hardware handler. */
function reinstate(m: Multipath, path: PgPath): void {
  if (path.isActive) return
  reinstatePath(m, path)
  const isFirst = m.nrValidPaths === 1
  if (!isFirst && m.hwHandler !== undefined && m.currentGroup === path.group) startActivation(m, path, 0)
}

/** switch_pg_num: un-bypasses every group on its way, makes this one next and drops the present choice. */
function switchGroupNumber(m: Multipath, argument: string): string {
  const group = m.groups[Number(argument) - 1]
  if (group === undefined) return 'Invalid argument'
  for (const each of m.groups) m.setBypassed(each, false)
  m.nextGroup = group
  m.forgetCurrent()
  return ''
}

/** bypass_pg_num, bypass_pg: both messages drop the present choice. */
function bypassGroupNumber(m: Multipath, argument: string, bypassed: boolean): string {
  const group = m.groups[Number(argument) - 1]
  if (group === undefined) return 'Invalid argument'
  m.bypassGroup(group, bypassed)
  return ''
}
