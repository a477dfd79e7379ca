/** Keys, signs, and what the model leaves out. Loaded when first opened. */
import type { ReactElement } from 'react'
import { SIMPLIFICATIONS } from '../../stage/simplifications.ts'
import { BandIcon } from '../stage/BandIcon.tsx'
import { BAND_NAMES } from '../stage/band-names.ts'
import { DOCK_KEYS, KEY_GROUPS, type KeyGroup, KEYS, LANE_KEYS } from '../keys.ts'
import { Dialog } from './Dialog.tsx'
import { Signs } from './Signs.tsx'

/** Keys that work where the focus is. */
const MORE: Readonly<Partial<Record<KeyGroup, typeof LANE_KEYS>>> = {
  'I/Os': LANE_KEYS,
  Dock: DOCK_KEYS,
}

export default function Help({ onClose }: { readonly onClose: () => void }): ReactElement {
  return (
    <Dialog title="Help" onClose={onClose}>
      <div className="help">
        <section>
          <h3>Keys</h3>
          {KEY_GROUPS.map((group) => (
            <dl key={group} className="keys">
              {KEYS.filter((key) => key.group === group).map((key) => (
                <div key={key.action}>
                  <dt>
                    <kbd>{key.caps}</kbd>
                  </dt>
                  <dd>{key.about}</dd>
                </div>
              ))}
              {(MORE[group] ?? []).map((key) => (
                <div key={key.caps}>
                  <dt>
                    <kbd>{key.caps}</kbd>
                  </dt>
                  <dd>{key.about}</dd>
                </div>
              ))}
            </dl>
          ))}
        </section>
        <section>
          <h3>What you see</h3>
          <ul className="signs">
            {(['split', 'choose', 'merge', 'bypass'] as const).map((kind) => (
              <li key={kind} data-kind={kind} className="sign-band">
                <BandIcon kind={kind} /> {BAND_NAMES[kind]}
              </li>
            ))}
            <Signs />
          </ul>
        </section>
        <section id="simplified">
          <h3>Simulated, and what is simplified</h3>
          <p>Every figure on this page is computed by a model of the Linux block layer. It leaves out:</p>
          <ul>
            {SIMPLIFICATIONS.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  )
}
