/** How the kernel names SCSI disks and numbers them (drivers/scsi/sd.c): sda 8:0, sdb 8:16, ... sdq 65:0. */

/** Majors of sd, sixteen disks of sixteen minors each. */
const SD_MAJORS = [8, 65, 66, 67, 68, 69, 70, 71, 128, 129, 130, 131, 132, 133, 134, 135]

/** Disks that have a number of the classic kind. */
export const SD_DISKS: number = SD_MAJORS.length * 16

export interface DiskName {
  readonly name: string
  /** `major:minor` */
  readonly dev: string
}

/** The `index`-th disk. */
export function sdName(index: number): DiskName {
  const major = SD_MAJORS[Math.floor(index / 16) % SD_MAJORS.length]!
  return { name: `sd${letters(index)}`, dev: `${String(major)}:${String((index % 16) * 16)}` }
}

/** a..z, aa..zz, as sd_format_disk_name counts. */
function letters(index: number): string {
  const last = String.fromCharCode(97 + (index % 26))
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last
}
