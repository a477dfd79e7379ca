import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { serve } from '../src/cli/serve.mjs'
import { firstLoad, workerKb } from '../src/cli/size.mjs'

const temporary: string[] = []
afterAll(() => {
  for (const folder of temporary) rmSync(folder, { recursive: true })
})

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = `${mkdtempSync(join(tmpdir(), 'bioscope-'))}/`
  temporary.push(folder)
  mkdirSync(`${folder}assets`)
  for (const [path, text] of Object.entries(files)) writeFileSync(folder + path, text)
  return folder
}

describe('the server', () => {
  const folder = folderOf({ 'index.html': '<p>here</p>', 'assets/a.js': 'export {}' })

  it('gives the page for the folder, and files with their type', async () => {
    const server = await serve(folder)
    const page = await fetch(server.address)
    expect(await page.text()).toBe('<p>here</p>')
    expect(page.headers.get('content-type')).toContain('text/html')
    const script = await fetch(`${server.address}assets/a.js?v=1`)
    expect(script.headers.get('content-type')).toContain('text/javascript')
    expect(script.headers.get('cache-control')).toContain('immutable')
    await server.close()
  })

  it('gives nothing from outside the folder, and writes nothing', async () => {
    const server = await serve(join(folder, 'assets'))
    for (const path of ['%2e%2e/index.html', '..%2findex.html', '%00', '%zz', 'none.js', '']) {
      expect((await fetch(server.address + path)).status, path).toBe(404)
    }
    expect((await fetch(`${server.address}a.js`, { method: 'PUT', body: 'x' })).status).toBe(405)
    await server.close()
  })
})

describe('the weight of the first load', () => {
  it('counts what the page imports at once, each file once, and not what comes later', () => {
    const folder = folderOf({
      'index.html':
        '<script type="module" src="./assets/a.js"></script><link rel="modulepreload" href="./assets/b.js">',
      'assets/a.js': 'import{b}from"./b.js";import"./c.js";const later=()=>import("./d.js")',
      'assets/b.js': 'export*from"./c.js"',
      'assets/c.js': 'export const c=1',
      'assets/d.js': 'export const d=1',
    })
    const names = firstLoad(folder).files.map((file) => file.path)
    expect(names.sort()).toEqual(['assets/a.js', 'assets/b.js', 'assets/c.js'])
  })

  it('weighs the worker beside it, compressed, in thousands of bytes', () => {
    const text = Array.from({ length: 3000 }, (_, i) => `const v${i}=${Math.sin(i)}`).join(';')
    const folder = folderOf({
      'index.html': '<script type="module" src="./assets/a.js"></script>',
      'assets/a.js': text,
      'assets/worker-x1.js': text,
    })
    expect(workerKb(folder)).toBe(firstLoad(folder).kb)
    expect(workerKb(folder) * 1000).toBe(gzipSync(text, { level: 9 }).length)
  })

  it('refuses a page without scripts', () => {
    expect(() => firstLoad(folderOf({ 'index.html': '' }))).toThrow('names no script')
  })
})
