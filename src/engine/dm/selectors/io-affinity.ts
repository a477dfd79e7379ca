/**
 * io-affinity (drivers/md/dm-ps-io-affinity.c, 5.12 to 7.1): the path mapped to the submitting CPU; else another of the
 * same node, in order of CPU. One NUMA node is modelled.
 */
import type { PgPath } from '../mpath/pg-path.ts'
import type { PathSelector } from './path-selector.ts'

export class IoAffinity implements PathSelector {
  readonly name = 'io-affinity'
  readonly usesStartTime = false
  readonly infoArgs = 1
  readonly tableArgs = 1
  private readonly pathOfCpu = new Map<number, PgPath>()
  private readonly masks = new Map<PgPath, string>()
  private readonly failed = new Set<PgPath>()
  private misses = 0

  /** args: cpumask in hex; the first path to claim a CPU keeps it. */
  addPath(path: PgPath, args: readonly string[]): void {
    const mask = args[0] ?? '0'
    this.masks.set(path, mask)
    const bits = BigInt(`0x${mask.replaceAll(',', '')}`)
    for (let cpu = 0; bits >> BigInt(cpu) > 0n; cpu++) {
      if (((bits >> BigInt(cpu)) & 1n) === 1n && !this.pathOfCpu.has(cpu)) this.pathOfCpu.set(cpu, path)
    }
  }

  select(_sizeBytes: number, cpuNumber: number): PgPath | undefined {
    const own = this.pathOfCpu.get(cpuNumber)
    if (own === undefined) this.misses++
    else if (!this.failed.has(own)) return own
    for (const cpu of [...this.pathOfCpu.keys()].sort((a, b) => a - b)) {
      const path = this.pathOfCpu.get(cpu)!
      if (!this.failed.has(path)) return path
    }
    return undefined
  }

  nextInLine(): undefined {
    return undefined
  }

  startIo(): void {
    // keeps no account of what is in flight
  }

  endIo(): void {
    // keeps no account of what is in flight
  }

  failPath(path: PgPath): void {
    this.failed.add(path)
  }

  reinstatePath(path: PgPath): void {
    this.failed.delete(path)
  }

  repeatOf(): number {
    return 1
  }

  groupStatus(): string {
    return '0'
  }

  infoOf(): string {
    return String(this.misses)
  }

  tableOf(path: PgPath): string {
    return this.masks.get(path) ?? '0'
  }
}
