/**
 * `npm run --silent sim -- SCENARIO.json --mode bio`: the launcher of sim.ts.
 *
 * One process, because the command is run a hundred times in a row: tsx is registered here instead of started.
 */
import { existsSync } from 'node:fs'
import { installWhatIsMissing, root } from './install.mjs'

// The full comparison with the lock file costs more than it is worth on every run.
if (!existsSync(`${root}node_modules/tsx/package.json`)) installWhatIsMissing()
const { register } = await import('tsx/esm/api')
register()
const { main } = await import('./sim.ts')
process.exitCode = await main(process.argv.slice(2))
