/** What the reader wants of every visit. Loaded when first opened. */
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { MOTIONS, TEXT_SIZES, THEMES, type SettingsStore } from '../../store/settings-store.ts'
import type { SettingsState } from '../../store/state.ts'
import { Dialog } from '../panels/Dialog.tsx'
import './settings.css'

export interface SettingsProps {
  readonly settings: SettingsStore
  readonly onClose: () => void
}

const THEME_WORDS: Readonly<Record<SettingsState['themeWish'], string>> = {
  auto: 'as the system: dark or light',
  dark: 'dark',
  light: 'light',
  projector: 'projector: black on white, larger',
}
const MOTION_WORDS: Readonly<Record<SettingsState['reducedMotion'], string>> = {
  system: 'as the system',
  on: 'reduced: steps instead of travel',
  off: 'full',
}
const SIZE_WORDS: Readonly<Record<SettingsState['textSize'], string>> = {
  normal: 'fits the window',
  large: 'large',
  larger: 'larger',
}

export default function Settings({ settings, onClose }: SettingsProps): ReactElement {
  const { themeWish, reducedMotion, textSize, setTheme, setReducedMotion, setTextSize } = useStore(settings)
  return (
    <Dialog title="Settings" className="settings" onClose={onClose}>
      <Choice
        title="Theme"
        name="theme"
        words={THEME_WORDS}
        options={['auto', ...THEMES]}
        value={themeWish}
        onChoose={setTheme}
      />
      <Choice
        title="Motion"
        name="motion"
        words={MOTION_WORDS}
        options={MOTIONS}
        value={reducedMotion}
        onChoose={setReducedMotion}
      />
      <Choice
        title="Text"
        name="text"
        words={SIZE_WORDS}
        options={TEXT_SIZES}
        value={textSize}
        onChoose={setTextSize}
      />
      <p>
        These, speed and pace, the dock, recent commands and an unfinished scenario are kept in this browser
        and nowhere else.
      </p>
    </Dialog>
  )
}

interface ChoiceProps<T extends string> {
  readonly title: string
  readonly name: string
  readonly words: Readonly<Record<T, string>>
  readonly options: readonly T[]
  readonly value: T
  readonly onChoose: (value: T) => void
}

function Choice<T extends string>({
  title,
  name,
  words,
  options,
  value,
  onChoose,
}: ChoiceProps<T>): ReactElement {
  return (
    <fieldset>
      <legend>{title}</legend>
      {options.map((option) => (
        <label key={option}>
          <input
            type="radio"
            name={name}
            checked={option === value}
            onChange={() => onChoose(option)}
            {...(option === value ? { 'data-first': true } : {})}
          />
          {words[option]}
        </label>
      ))}
    </fieldset>
  )
}
