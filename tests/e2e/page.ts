/**
 * What every browser test starts from: the built page, served as `npm start` serves it, watched while it runs.
 * A console error, an uncaught error or a request to another origin fails the test that caused it.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test as base, expect } from '@playwright/test'
import { serve } from '../../src/cli/serve.mjs'

export { expect }

/** The three sizes that are looked at: a laptop, a projector, a phone. `test.use({ viewport: sizes.phone })`. */
export const sizes = {
  laptop: { width: 1280, height: 720 },
  projector: { width: 1920, height: 1080 },
  phone: { width: 390, height: 844 },
} as const

const dist = fileURLToPath(new URL('../../dist', import.meta.url))

interface PerTest {
  /** Complaints so far; a test that provokes one on purpose empties the list. */
  complaints: string[]
}

interface PerWorker {
  address: string
}

export const test: ReturnType<typeof base.extend<PerTest, PerWorker>> = base.extend<PerTest, PerWorker>({
  address: [
    // Playwright reads the text of this parameter and wants a pattern, even an empty one.
    async ({}, use) => {
      if (!existsSync(`${dist}/index.html`))
        throw new Error('There is no dist/index.html: run "npm run build" first')
      const server = await serve(dist)
      await use(server.address)
      await server.close()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ address }, use) => {
    await use(address)
  },
  complaints: [
    async ({ context, address }, use) => {
      const complaints: string[] = []
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
      })
      context.on('weberror', (error) => {
        complaints.push(`uncaught: ${error.error().message}`)
      })
      context.on('request', (request) => {
        const url = request.url()
        if (!/^(data|blob):/.test(url) && !url.startsWith(address)) complaints.push(`request to ${url}`)
      })
      await use(complaints)
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
})
