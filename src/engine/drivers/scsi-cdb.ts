/**
 * With how many bytes a read or write is told to a disk: drivers/scsi/sd.c:sd_setup_read_write_cmnd, 6.1.
 *
 * Ten, as long as nothing speaks against it; a disk that answers "invalid command operation code" to them is sent six
 * from then on, where six suffice (scsi_lib.c:scsi_io_completion_action, use_10_for_rw).
 */
import type { Request } from '../block/request.ts'
import { Op } from '../log/index.ts'
import type { ScsiResult } from './scsi-result.ts'

const TEN_BYTES_MOST_BLOCKS = 0xff_ff
const TEN_BYTES_LAST_BLOCK = 0xff_ff_ff_ff
const SIX_BYTES_MOST_BLOCKS = 0xff
const SIX_BYTES_LAST_BLOCK = 0x1f_ff_ff

export class ScsiCdb {
  private readonly blockSectors: number
  /** !sdev->use_10_for_rw */
  private prefersSix = false

  constructor(logicalBlockBytes: number) {
    this.blockSectors = logicalBlockBytes / 512
  }

  bytesOf(rq: Request): 6 | 10 | 16 {
    const blocks = rq.sizeSectors / this.blockSectors
    const block = rq.sector / this.blockSectors
    if (blocks > TEN_BYTES_MOST_BLOCKS || block > TEN_BYTES_LAST_BLOCK) return 16
    return this.prefersSix && blocks <= SIX_BYTES_MOST_BLOCKS && block <= SIX_BYTES_LAST_BLOCK ? 6 : 10
  }

  /** True when this answer means that the command is to be built anew with six bytes; it happens once. */
  learnsFrom(rq: Request, { hostByte, statusByte, senseKey, asc, ascq }: ScsiResult): boolean {
    const unknownCode = hostByte === 0 && statusByte === 2 && senseKey === 5 && asc === 0x20 && ascq === 0
    const isData = rq.op === Op.READ || rq.op === Op.WRITE
    if (!unknownCode || !isData || this.prefersSix || this.bytesOf(rq) !== 10) return false
    this.prefersSix = true
    return true
  }
}
