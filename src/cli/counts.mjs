/** Reads how many tests passed from what vitest and Playwright write, and never calls a broken run a good one. */
import { existsSync, readFileSync } from 'node:fs'

/** A program that ended badly although no test failed (a crash, a stray rejection) counts as one failure. */
export function countVitest(file, { ok, output }) {
  const report = read(file)
  if (report === undefined) return { passed: 0, failed: 1, output }
  // A file that cannot even be loaded has no tests to count.
  const unloaded = report.testResults.filter(
    (suite) => suite.status === 'failed' && !suite.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failed = report.numFailedTests + unloaded
  const skipped = report.numPendingTests + (report.numTodoTests ?? 0)
  return { passed: report.numPassedTests, failed: atLeastOne(failed, ok), skipped, output }
}

export function countPlaywright(file, { ok, output }) {
  const report = read(file)
  if (report === undefined) return { passed: 0, failed: 1, output }
  const { expected, unexpected, flaky, skipped } = report.stats
  const failed = unexpected + flaky + (report.errors?.length ?? 0)
  return { passed: expected, failed: atLeastOne(failed, ok), skipped, output }
}

function atLeastOne(failed, ok) {
  return ok ? failed : Math.max(1, failed)
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
