/** Brings node_modules to what the lock file says, and only when it is not there already. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The folder of the project, with a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/** Prints to stderr only, so that a command's own output stays clean. */
export function installWhatIsMissing() {
  if (isComplete()) return
  console.error('Installing packages (npm ci) ...')
  // Through the npm that runs us, if one does: it may be another than the first in PATH.
  const npm = process.env.npm_execpath
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund']
  const [command, rest] = npm?.endsWith('.js') ? [process.execPath, [npm, ...args]] : ['npm', args]
  const result = spawnSync(command, rest, { cwd: root, stdio: ['ignore', 2, 2] })
  if (result.status === 0) return
  console.error('Packages could not be installed: see the lines of npm above; try "npm ci" by hand.')
  process.exit(1)
}

/** By content, not by file times: a checkout touches times, and a needless npm ci pulls packages from under others. */
export function isComplete() {
  const wanted = packagesOf('package-lock.json')
  const present = packagesOf('node_modules/.package-lock.json')
  if (wanted === undefined || present === undefined) return false
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional === true || present[path]?.version === version,
  )
}

function packagesOf(path) {
  const file = root + path
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined
}
