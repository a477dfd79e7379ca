/**
 * Carries out what an administrator, a daemon or an accident does to the machine: steps that are no I/O. Each is logged as
 * it would be typed, and with what the tool prints where the kernel refuses it.
 */
import type { Machine } from '../machine.ts'
import type { Step } from '../scenario.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { type Accident, accidentText, befall, isAccident, victimOf } from './accidents.ts'
import { CommandLog } from './command-log.ts'
import { dmsetup, type DmsetupStep, isDmsetup } from './dmsetup.ts'
import type { FioJob } from './fio/job.ts'
import type { Stack } from './stack.ts'
import { IO_POLICY, NO_FILE, SCSI_DEBUG_NDELAY, writeError, writeSysfs } from './sysfs.ts'
import { transportFile } from './transport-files.ts'

type Echo = Extract<Step, { readonly sysfs: unknown }>
type Rescan = Extract<Step, { readonly rescan: unknown }>
export type CommandStep = DmsetupStep | Accident | Echo | Rescan

export function isCommand(step: Step): step is CommandStep {
  return isDmsetup(step) || isAccident(step) || 'sysfs' in step || 'rescan' in step
}

export class Commands {
  /** Outputs of the `status` and `table` steps, in order. */
  readonly statusAlong: string[] = []
  private readonly m: Machine
  private readonly stack: Stack
  private outside: number | undefined

  constructor(m: Machine, stack: Stack) {
    this.m = m
    this.stack = stack
  }

  *type(ctx: Context, step: CommandStep): Steps {
    yield* this.startProcess(ctx, step)
    yield* this.carryOut(ctx, step, 0)
  }

  /** The process that gives a command, until its call into the kernel. */
  *startProcess(ctx: Context, step: CommandStep): Steps {
    if (!isAccident(step) && ctx.spend(this.m.costs.command)) yield
  }

  /**
   * The command reaches the kernel.
   * @param place Which of the run's actions it is, from 1; 0: none of them.
   */
  *carryOut(ctx: Context, step: CommandStep, place: number): Steps {
    const log = new CommandLog(this.m, this.stack.top.index, place)
    if (isDmsetup(step)) {
      yield* dmsetup(this.m, ctx, this.stack, step, log, (text) => {
        this.statusAlong.push(text)
      })
    } else if (isAccident(step)) this.happen(step, place)
    else if ('sysfs' in step) yield* this.echo(ctx, step, log)
    else {
      log.typed('rescan of all hosts')
      this.stack.rescan()
    }
  }

  /** Something happens from outside, to no task's account. */
  happenOutside(step: Accident, place: number): void {
    const { log } = this.m
    const running = log.task
    log.task = this.outside ??= this.m.registerTask('outside', 0)
    this.happen(step, place)
    log.task = running
  }

  private happen(step: Accident, place: number): void {
    const disk = this.stack.behind(victimOf(step))!
    new CommandLog(this.m, this.stack.top.index, place).happens(accidentText(step), disk.index)
    befall(disk, step)
  }

  /** fio is started from outside. */
  sayJobs(jobs: readonly FioJob[], place: number): void {
    if (jobs.length === 0) return
    const names = jobs.map(({ name = 'job' }) => `--name=${name}`)
    new CommandLog(this.m, this.stack.top.index, place).typed(`fio ${names.join(' ')}`)
  }

  private *echo(ctx: Context, { sysfs: path, value: written }: Echo, log: CommandLog): Steps {
    const value = String(written)
    const targets = this.stack.sysfsTargets(path)
    if (targets.length === 0) {
      log.typed(`echo ${value} > ${path}`)
      log.answered(writeError(path, yield* this.writeElsewhere(ctx, path, value)))
    }
    for (const target of targets) {
      const { index, name } = target.device
      const file = `/sys/block/${name}/${target.folder}/${target.attribute}`
      log.typed(`echo ${value} > ${file}`, index)
      const error = yield* writeSysfs(this.m, ctx, target, value)
      log.answered(writeError(file, error), index)
    }
  }

  /** A file that belongs to no block device; returns '' or the error. */
  private *writeElsewhere(ctx: Context, path: string, value: string): Steps<string> {
    const { paths, head } = this.stack
    if (path === IO_POLICY) return head?.setPolicy(value) ?? NO_FILE
    if (path === SCSI_DEBUG_NDELAY) {
      const answers = []
      for (const disk of paths) answers.push(yield* disk.writeDeviceAttribute(ctx, 'ndelay', value))
      return answers.find((answer) => answer !== undefined) ?? NO_FILE
    }
    const timer = transportFile(path)
    const disks = timer === undefined ? [] : paths.filter(({ name }, place) => timer.isFor(place, name))
    const answers = disks.map((disk) => disk.writeTransport(timer!.attribute, value) ?? NO_FILE)
    return answers.find((answer) => answer !== '') ?? answers[0] ?? NO_FILE
  }
}
