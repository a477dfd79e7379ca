/** Numbers of the kernel that are the same in every version modelled. Source of each behind it. */
export const PAGE_BYTES = 4096
/** include/linux/bio.h:BIO_MAX_VECS */
export const BIO_MAX_VECS = 256
/** block/blk-mq.c:BLK_MQ_RESOURCE_DELAY and BLK_MQ_BUDGET_DELAY; drivers/scsi/scsi_lib.c:SCSI_QUEUE_DELAY */
export const RESOURCE_DELAY_NS = 3_000_000
/** drivers/md/dm-rq.c:dm_mq_delay_requeue_request callers */
export const DM_REQUEUE_DELAY_NS = 100_000_000
/** include/linux/blkdev.h:BLKDEV_DEFAULT_RQ */
export const BLKDEV_DEFAULT_RQ = 128
/** drivers/md/dm-mpath.c: wait before another activation where the table says nothing */
export const DM_PG_INIT_DELAY_MSECS = 2000
/** drivers/scsi/sd.h:SD_MAX_RETRIES */
export const SD_MAX_RETRIES = 5
/** Most tags of a scheduler: block/blk-mq.h:MAX_SCHED_RQ */
export const MAX_SCHED_RQ = 2048
/** Requests of a software queue that a bio is compared with: block/blk-merge.c:blk_bio_list_merge */
export const SW_QUEUE_MERGE_CHECKS = 8
/** drivers/scsi/sd.h:SD_TIMEOUT, drivers/nvme/host/core.c:nvme_io_timeout: how long a command may go without an answer */
export const COMMAND_TIMEOUT_NS = 30_000_000_000
/** drivers/scsi/scsi_error.c:scsi_abort_command: the abort is sent HZ/100 after the timeout */
export const SCSI_ABORT_DELAY_NS = 10_000_000
/** drivers/scsi/scsi_priv.h:SCSI_EH_TIMEOUT (sdev->eh_timeout), for each test whether the device answers again */
export const SCSI_EH_TIMEOUT_NS = 10_000_000_000
/** include/scsi/scsi_device.h:SCSI_DEFAULT_DEVICE_BLOCKED */
export const SCSI_DEVICE_BLOCKED = 3
/** drivers/scsi/scsi_lib.c:ALUA_TRANSITION_REPREP_DELAY */
export const ALUA_TRANSITION_DELAY_NS = 1_000_000_000
/** drivers/nvme/host/core.c:nvme_max_retries */
export const NVME_MAX_RETRIES = 5

/** Reading the ANA log page: one admin command; an assumption. */
export const ANA_LOG_NS = 100_000

/** What a lock that others waited for takes to come from another CPU of the same socket: an assumption, a cache miss or two. */
export const LOCK_TRANSFER_NS = 100
