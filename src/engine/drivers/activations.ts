/** Results that a scenario has ordered for coming activations of one path, in place of what its handler would say. */
import { ScsiDh } from '../log/index.ts'

export interface ActivationOrder {
  /** A name of SCSI_DH_*. */
  readonly result: keyof typeof ScsiDh
  readonly count: number
}

/** Every result there is, by name. */
export const ACTIVATION_RESULTS: readonly string[] = Object.keys(ScsiDh)

export class Activations {
  private readonly ordered: ScsiDh[] = []

  add({ result, count }: ActivationOrder): void {
    for (let i = 0; i < count; i++) this.ordered.push(ScsiDh[result])
  }

  take(): ScsiDh | undefined {
    return this.ordered.shift()
  }
}
