/**
 * How much JavaScript a first visit loads: what index.html names, and everything those files import at once. The worker's
 * thread is weighed beside it. One KB is 1000 bytes.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './install.mjs'

export const limitKb = 130

/** Returns { kb, files: [{ path, kb }] } for a built folder, compressed. */
export function firstLoad(folder = `${root}dist/`) {
  const html = readFileSync(`${folder}index.html`, 'utf8')
  const waiting = [...html.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="([^"]+\.js)"/g)].map((match) =>
    posix.normalize(match[1]),
  )
  if (waiting.length === 0) throw new Error('dist/index.html names no script: the build has gone wrong')
  const files = new Map()
  for (const path of waiting) {
    if (files.has(path)) continue
    const text = readFileSync(folder + path)
    files.set(path, compressedKb(text))
    for (const specifier of staticImports(text.toString('utf8'))) {
      waiting.push(posix.join(posix.dirname(path), specifier))
    }
  }
  const kb = [...files.values()].reduce((sum, size) => sum + size, 0)
  return { kb, files: [...files].map(([path, size]) => ({ path, kb: size })) }
}

/** What the worker's thread loads, beside the page; its file is named after its source. */
export function workerKb(folder = `${root}dist/`) {
  const names = readdirSync(`${folder}assets`).filter((name) => /^worker-.*\.js$/.test(name))
  return names.reduce((sum, name) => sum + compressedKb(readFileSync(`${folder}assets/${name}`)), 0)
}

function compressedKb(text) {
  return gzipSync(text, { level: 9 }).length / 1000
}

/** Built files import by `import{a}from"./b.js"`, `import"./b.js"` or `export{a}from"./b.js"`; import() comes later. */
function staticImports(text) {
  const pattern = /(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g
  return [...text.matchAll(pattern)].map((match) => match[1])
}
