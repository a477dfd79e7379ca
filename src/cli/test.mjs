/** `npm test`: every check there is, on a machine that has only Node, npm and git. The last line sums up. */
import { mkdirSync, rmSync } from 'node:fs'
import { findChromium, howToGetOne, installChromium } from './chromium.mjs'
import { countPlaywright, countVitest } from './counts.mjs'
import { endWithParent } from './end-with-parent.mjs'
import { installWhatIsMissing, root } from './install.mjs'
import { firstLoad, limitKb, workerKb } from './size.mjs'
import { once, runNode, stage } from './stage.mjs'

const tool = (path) => `${root}node_modules/${path}`
const reports = `${root}.cache/`

installWhatIsMissing()
endWithParent()
mkdirSync(reports, { recursive: true })

const results = []
// Two cores: what only reads runs side by side, what measures or drives a browser runs alone.
results.push(...(await Promise.all([types(), lintAndFormat()])).flat())
results.push(await stage('unit', unit))
const built = await stage('build', () => once([tool('vite/bin/vite.js'), 'build', '--logLevel', 'warn']))
results.push(built)
results.push(await stage('size', size))
results.push(await stage('browser', browser))

const passed = results.reduce((sum, result) => sum + result.passed, 0)
const failed = results.reduce((sum, result) => sum + result.failed, 0)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** The project and the engine's narrower world are one test; what fails in both is shown once. */
function types() {
  return stage('types', async () => {
    const tsc = [tool('typescript/bin/tsc'), '--pretty', 'false', '-p']
    const all = await once([...tsc, 'tsconfig.json'])
    return all.failed > 0 ? all : once([...tsc, 'tsconfig.engine.json'])
  })
}

async function lintAndFormat() {
  const lint = await stage('lint', () => once([tool('eslint/bin/eslint.js'), '.', '--max-warnings', '0']))
  const format = await stage('format', () => once([tool('prettier/bin/prettier.cjs'), '--check', '.']))
  return [lint, format]
}

async function unit() {
  const file = `${reports}unit.json`
  rmSync(file, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  return countVitest(
    file,
    await runNode([tool('vitest/vitest.mjs'), 'run', ...reporters], { limitSeconds: 900 }),
  )
}

async function size() {
  if (built.failed > 0)
    return { passed: 0, failed: 1, output: 'There is no build to weigh: see the stage before.' }
  const { kb, files } = firstLoad()
  const note = `${kb.toFixed(1)} of ${limitKb} KB gzip, worker ${workerKb().toFixed(1)} KB`
  if (kb <= limitKb) return { passed: 1, failed: 0, output: '', note }
  const lines = files.map((file) => `${file.kb.toFixed(1).padStart(8)} KB  ${file.path}`)
  const output = `The first load is too heavy; import() what it does not need:\n${lines.join('\n')}`
  return { passed: 0, failed: 1, output, note }
}

async function browser() {
  if (built.failed > 0)
    return { passed: 0, failed: 1, output: 'There is no page to open: see the stage "build".' }
  const report = findChromium() === undefined ? installChromium() : ''
  const chromium = findChromium()
  if (chromium === undefined) return { passed: 0, failed: 1, output: `${report}${howToGetOne}` }
  const file = `${reports}browser.json`
  rmSync(file, { force: true })
  const env = { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: file }
  const args = [tool('@playwright/test/cli.js'), 'test', '--reporter=list,json']
  return countPlaywright(file, await runNode(args, { env, limitSeconds: 1200 }))
}
