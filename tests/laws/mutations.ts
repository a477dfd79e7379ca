/**
 * Wrong kernels: one function or method of the engine is replaced before the engine is loaded anew. Each is a mistake
 * that somebody could make in it, and says which laws (a part of their names) or which recorded trace must notice.
 */
import { vi } from 'vitest'
import { BlkStatus, type QueueMode } from '../../src/engine/log/index.ts'

export interface Mutation {
  readonly name: string
  readonly apply: () => Promise<void> | void
  /** Only this mode has what is wrong. */
  readonly mode?: QueueMode
  /** At least one law with one of these in its name breaks. */
  readonly laws?: readonly string[]
  /** The pair of tests/kernel-traces that no longer conforms. */
  readonly pair?: string
}

/** True on every nth call. */
function every(nth: number): () => boolean {
  let count = 0
  return () => ++count % nth === 0
}

/** A method as it is, to be called by what replaces it. */
function methodOf<Owner extends object, Name extends keyof Owner>(owner: Owner, name: Name): Owner[Name] {
  return owner[name]
}

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'a requeued request is lost',
    mode: 'rq',
    laws: ['exactly once', 'waits for ever'],
    apply: async () => {
      const { RequestQueue } = await import('../../src/engine/block/request-queue.ts')
      const right = methodOf(RequestQueue.prototype, 'kickRequeueList')
      RequestQueue.prototype.kickRequeueList = function (delayNs) {
        this.requeueList.pop()
        right.call(this, delayNs)
      }
    },
  },
  {
    name: 'a merge does not look at max_sectors',
    laws: ['larger than the limits'],
    apply: () => {
      vi.doMock(import('../../src/engine/block/merge.ts'), async (original) => {
        const right = await original()
        return {
          ...right,
          attemptBioMerge: (rq, bio, kind) => {
            const { limits } = rq.queue
            const { maxSectors } = limits
            limits.maxSectors = 1_000_000
            const merged = right.attemptBioMerge(rq, bio, kind)
            limits.maxSectors = maxSectors
            return merged
          },
        }
      })
    },
  },
  {
    name: 'bios merge that do not adjoin',
    laws: ['is adjacent'],
    apply: () => {
      vi.doMock(import('../../src/engine/block/merge.ts'), async (original) => {
        const right = await original()
        return {
          ...right,
          mergeKind: (rq, bio) =>
            rq.mergeable && bio.mergeable && rq.op === (bio.rwbs & 7) ? 'back' : undefined,
        }
      })
    },
  },
  {
    name: 'fronts of a cut may merge',
    laws: ['merges with nothing'],
    apply: async () => {
      const { Bio } = await import('../../src/engine/block/bio.ts')
      Object.defineProperty(Bio.prototype, 'noMerge', { get: () => false, set: () => undefined })
      vi.doMock(import('../../src/engine/block/split-bio.ts'), async (original) => {
        const right = await original()
        return {
          *splitBio(m, ctx, bio, queue) {
            const front = yield* right.splitBio(m, ctx, bio, queue)
            front.noMerge = false
            return front
          },
        }
      })
    },
  },
  {
    name: 'a cut does not chain the front to its rest',
    laws: ['has ended (2)', 'reached', 'completed by a path'],
    apply: () => {
      vi.doMock(import('../../src/engine/block/split-bio.ts'), async (original) => {
        const right = await original()
        return {
          *splitBio(m, ctx, bio, queue) {
            const front = yield* right.splitBio(m, ctx, bio, queue)
            if (front === bio) return bio
            front.chainedTo = undefined
            front.owner = { bioEndIo: () => undefined }
            bio.remaining--
            return front
          },
        }
      })
    },
  },
  {
    name: 'a device slot leaks',
    laws: ['waits for ever', 'exactly once'],
    apply: async () => {
      const { ScsiDebugDisk } = await import('../../src/engine/drivers/scsi-debug.ts')
      const right = methodOf(ScsiDebugDisk.prototype, 'putBudget')
      const third = every(3)
      ScsiDebugDisk.prototype.putBudget = function () {
        if (!third()) right.call(this)
      }
    },
  },
  {
    name: 'a device takes more commands than its depth',
    laws: ['more commands than it takes'],
    apply: async () => {
      const { ScsiDebugDisk } = await import('../../src/engine/drivers/scsi-debug.ts')
      ScsiDebugDisk.prototype.getBudget = () => true
    },
  },
  {
    name: 'a tag is not freed',
    laws: ['waits for ever', 'exactly once'],
    apply: async () => {
      const { TagSet } = await import('../../src/engine/block/tags.ts')
      const right = methodOf(TagSet.prototype, 'put')
      const fifth = every(5)
      TagSet.prototype.put = function (tag) {
        if (!fifth()) right.call(this, tag)
      }
    },
  },
  {
    name: 'a tag is given out twice',
    laws: ['a tag belongs to one'],
    apply: async () => {
      const { TagSet } = await import('../../src/engine/block/tags.ts')
      const right = methodOf(TagSet.prototype, 'tryGet')
      TagSet.prototype.tryGet = function (limit) {
        const tag = right.call(this, limit)
        return tag < 0 ? tag : tag & ~1
      }
    },
  },
  {
    name: 'fail_count counts every failed I/O',
    laws: ['counted once'],
    apply: () => {
      vi.doMock(import('../../src/engine/dm/mpath/fail-path.ts'), async (original) => {
        const right = await original()
        return {
          ...right,
          failPath: (m, path) => {
            if (path.isActive) right.failPath(m, path)
            else path.failCount++
          },
        }
      })
    },
  },
  {
    name: 'a failed path stays in the list of its selector',
    laws: ['on a path that has failed'],
    apply: async () => {
      const { QueueLength } = await import('../../src/engine/dm/selectors/queue-length.ts')
      const { ServiceTime } = await import('../../src/engine/dm/selectors/service-time.ts')
      QueueLength.prototype.failPath = () => undefined
      ServiceTime.prototype.failPath = () => undefined
    },
  },
  {
    name: 'a path comes back by itself',
    laws: ['active by itself'],
    apply: () => {
      vi.doMock(import('../../src/engine/dm/mpath/selector-account.ts'), async (original) => {
        const right = await original()
        const { reinstatePath } = await import('../../src/engine/dm/mpath/fail-path.ts')
        return {
          ...right,
          endIo: (m, path, subject, sizeBytes, startNs) => {
            right.endIo(m, path, subject, sizeBytes, startNs)
            reinstatePath(m, path)
          },
        }
      })
    },
  },
  {
    name: 'a medium error is taken for an error of the path',
    laws: ['without a path error on it', 'not of the path', 'because it could not take'],
    apply: () => {
      vi.doMock(import('../../src/engine/dm/mpath/end-io.ts'), async (original) => {
        const right = await original()
        const worse = (status: BlkStatus): BlkStatus =>
          status === BlkStatus.MEDIUM ? BlkStatus.IOERR : status
        return {
          ...right,
          endIoBio: (m, path, status) => right.endIoBio(m, path, worse(status)),
          endIoRequest: (m, path, status) => right.endIoRequest(m, path, worse(status)),
        }
      })
    },
  },
  {
    name: 'a clone that was refused is not ended for its selector',
    mode: 'rq',
    laws: ['come in pairs'],
    apply: () => {
      vi.doMock(import('../../src/engine/dm/mpath/map-rq.ts'), async (original) => {
        const right = await original()
        return {
          ...right,
          releaseClone: (m, clone, io) => {
            right.releaseClone(m, clone, io, false)
          },
        }
      })
    },
  },
  {
    name: 'queue_if_no_path is forgotten when the last path fails',
    laws: ['from first to last'],
    apply: async () => {
      const { Multipath } = await import('../../src/engine/dm/mpath/multipath.ts')
      const right = methodOf(Multipath.prototype, 'has')
      Multipath.prototype.has = function (flag) {
        return right.call(this, flag) && !(flag === 2 && this.nrValidPaths === 0)
      }
    },
  },
  {
    name: 'switch_group is forgotten once a group is in use',
    laws: ['takes the group asked for'],
    apply: async () => {
      const { Multipath } = await import('../../src/engine/dm/mpath/multipath.ts')
      const right = methodOf(Multipath.prototype, 'forgetCurrent')
      Multipath.prototype.forgetCurrent = function () {
        this.nextGroup = undefined
        right.call(this)
      }
    },
  },
  {
    name: 'a plug is not flushed before its task sleeps',
    laws: ['of a task that sleeps'],
    apply: () => {
      vi.doMock(import('../../src/engine/block/blk-mq-plug.ts'), async (original) => ({
        ...(await original()),
        *flushPlugBeforeSleep() {
          // forgotten
        },
      }))
    },
  },
  {
    name: 'a retry goes on where the failed attempt stopped',
    mode: 'bio',
    laws: ['at that attempt', 'has ended (2)'],
    apply: () => {
      vi.doMock(import('../../src/engine/dm/bio-record.ts'), async (original) => {
        const right = await original()
        return {
          ...right,
          restoreBio: (bio, details) => {
            const { sector, sizeSectors, bufferAt } = bio
            right.restoreBio(bio, details)
            Object.assign(bio, { sector, sizeSectors, bufferAt })
          },
        }
      })
    },
  },
  {
    name: 'a scheduler goes on merging into what it has handed out',
    laws: ['never merges again', 'moves only along'],
    apply: async () => {
      const { EndHash } = await import('../../src/engine/block/elevator.ts')
      const { Request } = await import('../../src/engine/block/request.ts')
      Object.defineProperty(Request.prototype, 'mergeable', { get: () => true })
      EndHash.prototype.delete = () => undefined
    },
  },
  {
    name: 'a delayed requeue waits half its time',
    mode: 'rq',
    laws: ['shared 100 ms timer'],
    apply: async () => {
      const { DelayedWork } = await import('../../src/engine/sim/workqueue.ts')
      const right = methodOf(DelayedWork.prototype, 'modify')
      DelayedWork.prototype.modify = function (delayNs) {
        right.call(this, Math.floor(delayNs / 2))
      }
    },
  },
  {
    name: 'a suspend does not wait for what is in flight',
    laws: ['(34)'],
    apply: async () => {
      const { MappedDevice } = await import('../../src/engine/dm/mapped-device.ts')
      Object.defineProperty(MappedDevice.prototype, 'inFlight', { get: () => 0 })
    },
  },
  {
    name: 'a scheduler loses a request now and then',
    laws: ['waits for ever', 'exactly once'],
    apply: async () => {
      const { MqDeadline } = await import('../../src/engine/block/mq-deadline.ts')
      const right = methodOf(MqDeadline.prototype, 'dispatch')
      const tenth = every(10)
      MqDeadline.prototype.dispatch = function () {
        const rq = right.call(this)
        return tenth() ? undefined : rq
      }
    },
  },
  {
    name: 'a bio ends a second time now and then',
    mode: 'bio',
    laws: ['exactly once', 'come in pairs'],
    apply: async () => {
      const { DmTargetIo } = await import('../../src/engine/dm/dm-io.ts')
      const right = methodOf(DmTargetIo.prototype, 'bioEndIo')
      const fourth = every(4)
      DmTargetIo.prototype.bioEndIo = function () {
        right.call(this)
        if (fourth()) right.call(this)
      }
    },
  },
  {
    name: 'a reinstated path goes to the end of the round-robin',
    pair: 'e01-failpath-inflight.bio',
    apply: async () => {
      const { ValidPaths } = await import('../../src/engine/dm/selectors/valid-paths.ts')
      ValidPaths.prototype.addToHead = function (path) {
        this.addToTail(path)
      }
    },
  },
  {
    name: 'a plug lets the newest request out first',
    pair: 'b01-seq16-rr2.bio',
    apply: async () => {
      const { KERNELS } = await import('../../src/engine/index.ts')
      Object.assign(KERNELS.get('6.12')!, { plugIssueOrder: 'lifo', plugInsertOrder: 'lifo' })
    },
  },
  {
    name: 'service-time gives back half of what it took',
    pair: 'd-st-mixsize.rq',
    apply: async () => {
      const { ServiceTime } = await import('../../src/engine/dm/selectors/service-time.ts')
      const right = methodOf(ServiceTime.prototype, 'endIo')
      ServiceTime.prototype.endIo = function (path, sizeBytes) {
        right.call(this, path, sizeBytes / 2)
      }
    },
  },
]
