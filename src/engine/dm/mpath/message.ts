/** `dmsetup message DEV 0 ...`: drivers/md/dm-mpath.c:multipath_message and what it calls, 4.8 to 6.12. */
import { EventKind } from '../../log/index.ts'
import type { Multipath } from './multipath.ts'
import type { PgPath } from './pg-path.ts'

/** Carries a message out; returns '' or the error the tool would print. */
export function multipathMessage(m: Multipath, message: string): string {
  if (m.host.suspended) return 'Device or resource busy'
  const [command, argument, ...rest] = message.trim().split(/\s+/)
  if (argument === undefined) {
    switch (command) {
      case 'queue_if_no_path':
        m.setQueueIfNoPath(true, false)
        return ''
      case 'fail_if_no_path':
        m.setQueueIfNoPath(false, false)
        return ''
      default:
        return 'Invalid argument'
    }
  }
  if (rest.length > 0) return 'Invalid argument'
  switch (command) {
    case 'fail_path':
      return onPaths(m, argument, (path) => {
        m.failPath(path)
      })
    case 'reinstate_path':
      return onPaths(m, argument, (path) => {
        m.reinstatePath(path)
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

/** switch_pg_num: un-bypasses every group on its way, makes this one next and drops the present choice. */
function switchGroupNumber(m: Multipath, argument: string): string {
  const group = m.groups[Number(argument) - 1]
  if (group === undefined) return 'Invalid argument'
  for (const each of m.groups) setBypassed(m, each.number, false)
  m.nextGroup = group
  m.forgetCurrent()
  return ''
}

/** bypass_pg_num: both messages drop the present choice. */
function bypassGroupNumber(m: Multipath, argument: string, bypassed: boolean): string {
  const group = m.groups[Number(argument) - 1]
  if (group === undefined) return 'Invalid argument'
  setBypassed(m, group.number, bypassed)
  m.forgetCurrent()
  return ''
}

function setBypassed(m: Multipath, number: number, bypassed: boolean): void {
  const group = m.groups[number - 1]!
  if (group.bypassed === bypassed) return
  group.bypassed = bypassed
  m.m.log.emit(EventKind.bypass_pg, m.host.index, 0, 0, number, 0, 0, bypassed ? 1 : 0)
}
