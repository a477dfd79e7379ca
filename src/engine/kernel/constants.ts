/** Numbers of the kernel that are the same in every version modelled. Source of each behind it. */
export const PAGE_BYTES = 4096
export const SECTOR_BYTES = 512
/** include/linux/bio.h:BIO_MAX_VECS */
export const BIO_MAX_VECS = 256
/** block/blk-mq.c:BLK_MQ_RESOURCE_DELAY and BLK_MQ_BUDGET_DELAY; drivers/scsi/scsi_lib.c:SCSI_QUEUE_DELAY */
export const RESOURCE_DELAY_NS = 3_000_000
/** drivers/md/dm-rq.c:dm_mq_delay_requeue_request callers */
export const DM_REQUEUE_DELAY_NS = 100_000_000
/** include/linux/blkdev.h:BLKDEV_DEFAULT_RQ */
export const BLKDEV_DEFAULT_RQ = 128
/** drivers/scsi/sd.h:SD_MAX_RETRIES */
export const SD_MAX_RETRIES = 5
/** Requests of a software queue that a bio is compared with: block/blk-merge.c:blk_bio_list_merge */
export const SW_QUEUE_MERGE_CHECKS = 8
