/** Runs one program as a stage of the test run: collected output, a time limit, and what it amounts to. */
import { spawn } from 'node:child_process'
import { root } from './install.mjs'

const running = new Set()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    for (const child of running) child.kill(signal)
    process.exit(130)
  })
}

/**
 * Resolves to { ok, output }; never rejects. `args` are those of Node, so that no shell and no PATH come between.
 */
export function runNode(args, { limitSeconds = 300, env = {} } = {}) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      // Collected output is indented and may land in a file: no colours.
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(child)
    let output = ''
    const collect = (chunk) => (output += chunk)
    child.stdout.setEncoding('utf8').on('data', collect)
    child.stderr.setEncoding('utf8').on('data', collect)
    const timer = setTimeout(() => {
      output += `\nStopped: it took more than ${limitSeconds} s.\n`
      child.kill('SIGKILL')
    }, limitSeconds * 1000)
    const end = (ok) => {
      clearTimeout(timer)
      running.delete(child)
      done({ ok, output })
    }
    child.once('error', (error) => {
      output += error.message
      end(false)
    })
    child.once('close', (code) => end(code === 0))
  })
}

/** Announces a stage, runs `work` (which resolves to { passed, failed, skipped?, output }) and reports it. */
export async function stage(name, work) {
  console.log(`${name} ...`)
  const start = performance.now()
  const result = await work().catch((error) => ({
    passed: 0,
    failed: 1,
    output: String(error.stack ?? error),
  }))
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  if (result.failed > 0 && result.output) console.log(indent(result.output.trimEnd()))
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : ''
  const mark = result.failed > 0 ? 'FAILED' : 'ok'
  const note = result.note === undefined ? '' : `: ${result.note}`
  console.log(
    `${name} ${mark}, ${result.passed} passed, ${result.failed} failed${skipped} (${seconds} s)${note}`,
  )
  return result
}

/** A program that counts as one test. */
export async function once(args, options) {
  const { ok, output } = await runNode(args, options)
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, output }
}

function indent(text) {
  return text.replace(/^/gm, '    ')
}
