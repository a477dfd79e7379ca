/**
 * A SAS end device: drivers/scsi/libsas/sas_discover.c:sas_unregister_dev, scsi_transport_sas.c:sas_rphy_remove, 6.1.
 * The transport has no timers: when the phy is down, what is out comes back without a connection, and the device is
 * removed. A device that is plugged in again is found as a new one.
 *
 * Simplified: the debounce of a phy (which drivers of host adapters do in firmware) takes no time.
 */
import { NO_CONNECT, type ScsiResult } from './scsi-result.ts'
import type { Transport, TransportDevice } from './transport.ts'

export class SasEndDevice implements Transport {
  readonly timerRuns = false
  private readonly device: TransportDevice
  private present = true

  constructor(device: TransportDevice) {
    this.device = device
  }

  linkDown(): void {
    if (!this.present) return
    this.present = false
    this.device.returnAll(NO_CONNECT)
    this.device.remove()
  }

  linkUp(): void {
    if (this.present) return
    this.present = true
    this.device.rediscover()
  }

  ready(): ScsiResult | undefined {
    return this.present ? undefined : NO_CONNECT
  }

  write(): undefined {
    return undefined
  }

  read(): undefined {
    return undefined
  }

  removed(): void {
    this.present = false
  }
}
