/** Why of what happens to devices and their timers. */
import type { DeviceEvent } from '../../event-subjects.ts'
import { type EventAnswer, fn } from '../answer.ts'

export const OF_DEVICES: Readonly<Record<DeviceEvent, EventAnswer>> = {
  device_state: {
    rule: 'The SCSI midlayer or the transport changes what it believes of the device; blocked is still hope, offline is not.',
    where: [fn('scsi_lib.c:scsi_device_state_check', '6.1', '6.1')],
    section: '6.6',
    simplified: ['transports', 'error-handler', 'rescan'],
  },
  queue_attr: {
    rule: "A limit of a queue changes. The dm device's limits are the strictest of its paths when the table was loaded, and are not looked at again.",
    where: [fn('blk-settings.c:blk_stack_limits', '6.1', '6.1')],
    section: '2.9',
  },
  inject: {
    rule: 'The scenario puts an error into this command.',
    where: [],
    section: '6.6',
    simplified: ['disks'],
  },
  timer_arm: {
    rule: 'A timer starts, or is moved. A delayed requeue moves the one timer of the whole list.',
    where: [],
    section: '3.8, 6.1',
  },
  timer_end: {
    rule: 'A timer has run out, or is cancelled because what it waited for has come.',
    where: [],
    section: '3.8, 6.1',
  },
  queue_depth: {
    rule: 'The device said that its queue is full: its depth is lowered.',
    where: [],
    section: '6.6',
    simplified: ['disks'],
  },
  checker: {
    rule: 'multipathd asks paths in the background; a path that is up while the kernel has failed it is reinstated, one that is down is failed.',
    where: [],
    section: '4.11',
    simplified: ['multipathd'],
  },
  access_state: {
    rule: 'The hardware handler keeps what the port last said of itself; standby and unavailable refuse I/O before it is sent.',
    where: [
      fn('scsi_dh_alua.c:alua_rtpg_work', '6.1', '6.1'),
      fn('scsi_dh_alua.c:alua_prep_fn', '6.1', '6.1'),
    ],
    section: '4.6',
    simplified: ['alua'],
  },
  cable: {
    rule: 'Nothing comes through a cable that is out. What notices is the transport: FC and SAS at once, iSCSI and NVMe over fabrics when a ping or keep-alive stays without an answer. Without one only the timeout of a command does.',
    where: [fn('scsi_error.c:scsi_timeout', '6.1', '6.1')],
    section: '6.6',
    simplified: ['transports'],
  },
  silent: {
    rule: 'The device keeps its answers to itself. The kernel takes it for running until a command, or a question of multipathd, has waited too long.',
    where: [fn('scsi_error.c:scsi_timeout', '6.1', '6.1')],
    section: '6.6',
    simplified: ['error-handler'],
  },
  pace: {
    rule: 'The device takes another time for everything that it begins from now on; nothing in the kernel is told.',
    where: [],
    section: '6.6',
    simplified: ['disks'],
  },
  ana_state: {
    rule: 'The controller says how the namespace is reached through it.',
    where: [],
    section: '6.6',
    simplified: ['native'],
  },
}
