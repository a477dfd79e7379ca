/** Tags in use and in all of a device: what an I/O must hold one of to be a request there. */
import type { Picture } from '../record/picture.ts'

export function tagsOf(picture: Picture, dev: number): { used: number; total: number } {
  const { devices } = picture
  const row = devices.row(dev)
  const used = devices.hasScheduler[row] === 1 ? devices.schedTagsInUse[row]! : devices.driverTagsInUse[row]!
  return { used, total: devices.nrRequests[row]! }
}

export function tagText(picture: Picture, dev: number): string {
  const { used, total } = tagsOf(picture, dev)
  return total === 0 ? 'none' : `${used} of ${total}`
}
