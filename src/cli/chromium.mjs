/** Finds a Chromium for the browser tests; the test run may also install Debian's. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']

export const howToGetOne =
  'No Chromium was found: install the package "chromium", or set CHROMIUM_PATH to the program of one.'

/** CHROMIUM_PATH first, then the usual names in PATH; undefined when there is none. */
export function findChromium() {
  const asked = process.env.CHROMIUM_PATH
  if (asked !== undefined && asked !== '') return existsSync(asked) ? asked : undefined
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram)
}

/** Tries apt-get, as root or through a sudo that asks nothing. Returns what happened, for the report. */
export function installChromium() {
  if (process.env.CHROMIUM_PATH)
    return `CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which does not exist.\n`
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  let report = ''
  for (const step of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const [command, ...args] = [...prefix, 'apt-get', ...step]
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const result = spawnSync(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
    report += `$ apt-get ${step.join(' ')}\n${lastLines(`${result.stdout ?? ''}${result.stderr ?? ''}`)}`
    if (result.error) return `${report}${command} cannot be run here (${result.error.code}).\n`
    // A failed update may still leave usable lists; the install decides.
    if (result.status !== 0) report += `apt-get ${step[0]} ended with ${result.status}.\n`
  }
  return report
}

function lastLines(text) {
  return text.split('\n').slice(-8).join('\n')
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
