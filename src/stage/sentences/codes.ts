/** What the codes in an event's `arg` column mean, in words that end a sentence. */
import {
  AccessState,
  AnaState,
  CheckerState,
  DeviceState,
  DispatchReason,
  DmState,
  LockName,
  MapResult,
  Op,
  RequeueTo,
  ScsiDh,
  SleepReason,
  TimerKind,
} from '../../engine/log/index.ts'

export const OPERATIONS: Readonly<Record<number, string>> = {
  [Op.READ]: 'read',
  [Op.WRITE]: 'write',
  [Op.FLUSH]: 'flush',
  [Op.DISCARD]: 'discard',
  [Op.SECURE_ERASE]: 'secure erase',
  [Op.WRITE_ZEROES]: 'write zeroes',
  [Op.DRV_IN]: 'driver command',
  [Op.DRV_OUT]: 'driver command',
}

export const SLEEPS: Readonly<Record<number, string>> = {
  [SleepReason.io_wait]: 'until its I/O is complete',
  [SleepReason.tag]: 'because no tag is free',
  [SleepReason.sleep]: 'for a while',
  [SleepReason.join]: 'until another task has ended',
  [SleepReason.suspend]: 'until the device is suspended',
  [SleepReason.frozen]: 'because the queue is frozen',
  [SleepReason.work]: 'until there was work for it',
}

export const LOCKS: Readonly<Record<number, string>> = {
  [LockName.multipath]: 'm->lock',
  [LockName.queue]: 'queue_lock',
}

export const WAITS: Readonly<Record<number, string>> = {
  [DispatchReason.no_budget]: 'the device takes no more commands',
  [DispatchReason.no_tag]: 'no tag is free',
  [DispatchReason.busy]: 'it was answered busy',
  [DispatchReason.behind]: 'another one waits in front of it',
  [DispatchReason.requeued]: 'it has been requeued',
  [DispatchReason.quiesced]: 'the queue is stopped',
}

export const REQUEUES: Readonly<Record<number, string>> = {
  [RequeueTo.dispatch]: 'it waits in hctx->dispatch and is tried again',
  [RequeueTo.requeue_list]: 'it waits in requeue_list and is tried again at once',
  [RequeueTo.delayed]: 'it waits in requeue_list for the 100 ms timer',
}

export const MAP_RESULTS: Readonly<Record<number, string>> = {
  [MapResult.submitted]: 'multipath keeps it',
  [MapResult.remapped]: 'it has a path',
  [MapResult.requeue]: 'no tag or budget on the path now',
  [MapResult.delay_requeue]: 'no path now, try again in a while',
  [MapResult.kill]: 'no path will do, it fails',
}

export const DM_STATES: Readonly<Record<number, string>> = {
  [DmState.table_loaded]: 'a new table is loaded, not yet live',
  [DmState.suspending]: 'suspending, what is in flight ends first',
  [DmState.suspended]: 'suspended, new I/O waits',
  [DmState.resumed]: 'resumed',
  [DmState.table_live]: 'the new table is live',
}

export const DEVICE_STATES: Readonly<Record<number, string>> = {
  [DeviceState.running]: 'running',
  [DeviceState.offline]: 'offline',
  [DeviceState.blocked]: 'blocked',
  [DeviceState.transport_offline]: 'offline (transport)',
  [DeviceState.deleted]: 'deleted',
  [DeviceState.connecting]: 'without a connection',
}

export const TIMERS: Readonly<Record<number, string>> = {
  [TimerKind.requeue]: 'the shared requeue timer',
  [TimerKind.resource_retry]: 'the timer for another try',
  [TimerKind.no_path]: 'the queue_if_no_path timeout',
  [TimerKind.command]: 'the command timeout',
  [TimerKind.sleep]: 'a sleep',
  [TimerKind.pg_init_delay]: 'the delay before another activation',
  [TimerKind.budget_retry]: 'the timer for another budget',
  [TimerKind.fast_io_fail]: 'fast_io_fail_tmo of the port',
  [TimerKind.dev_loss]: 'dev_loss_tmo of the port',
  [TimerKind.replacement]: 'replacement_timeout of the session',
  [TimerKind.noop_out]: 'the ping of the session',
  [TimerKind.error_handler]: 'the next step of the SCSI error handler',
  [TimerKind.checker]: "multipathd's timer for the path checker",
  [TimerKind.no_path_retry]: "multipathd's no_path_retry",
  [TimerKind.failback]: "multipathd's deferred failback",
  [TimerKind.unplug]: 'the plug of the queue',
  [TimerKind.start]: 'the start of a program',
  [TimerKind.ana_log]: 'the reading of the ANA log page',
  [TimerKind.keep_alive]: 'the keep-alive of the controller',
  [TimerKind.reconnect]: 'the next attempt to connect to the controller',
  [TimerKind.rtpg]: 'the wait before the port is asked for its state',
}

/** What a checker of multipathd says of a path. */
export const CHECKS: Readonly<Record<number, string>> = {
  [CheckerState.down]: 'it is down',
  [CheckerState.up]: 'it is up',
  [CheckerState.shaky]: 'it comes and goes',
  [CheckerState.ghost]: 'its port is on standby (ghost)',
  [CheckerState.pending]: 'no answer yet',
  [CheckerState.timeout]: 'no answer in time, so it is down',
  [CheckerState.removed]: 'its device is gone',
  [CheckerState.delayed]: 'it is up, but has to prove itself before it is used',
}

export const ACCESS_STATES: Readonly<Record<number, string>> = {
  [AccessState.optimized]: 'active/optimized',
  [AccessState.non_optimized]: 'active/non-optimized',
  [AccessState.standby]: 'standby',
  [AccessState.unavailable]: 'unavailable',
  [AccessState.lba_dependent]: 'lba-dependent',
  [AccessState.offline]: 'offline',
  [AccessState.transitioning]: 'transitioning',
}

/** How an activation ended, and what multipath makes of it (dm-mpath.c:pg_init_done). */
export const ACTIVATIONS: Readonly<Record<number, string>> = {
  [ScsiDh.OK]: 'the path can be used',
  [ScsiDh.NOSYS]: 'the device has no hardware handler',
  [ScsiDh.DEV_TEMP_BUSY]: 'the controller is busy, the group is bypassed',
  [ScsiDh.RETRY]: 'try again after a while',
  [ScsiDh.IMM_RETRY]: 'try again at once',
  [ScsiDh.RES_TEMP_UNAVAIL]: 'out of resources for now, try again',
  [ScsiDh.DEV_OFFLINED]: 'the device is offline',
  [ScsiDh.NOTCONN]: 'the device is gone',
  [ScsiDh.NOMEM]: 'out of memory',
  [ScsiDh.IO]: 'the command failed',
}

/** NVME_ANA_* by number. */
export const ANA_STATES: Readonly<Record<number, string>> = {
  [AnaState.optimized]: 'optimized',
  [AnaState.non_optimized]: 'not optimized',
  [AnaState.inaccessible]: 'inaccessible',
  [AnaState.persistent_loss]: 'lost for good',
  [AnaState.change]: 'between two states',
}
