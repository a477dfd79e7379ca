import { defineConfig, type PlaywrightTestConfig } from '@playwright/test'
import { findChromium } from './src/cli/chromium.mjs'

const chromium = findChromium()

const config: PlaywrightTestConfig = defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // A test that needs a second try hides a fault.
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  reporter: 'list',
  // An upper bound for a loaded machine; what holds is seen at once.
  expect: { timeout: 15_000, toHaveScreenshot: { maxDiffPixels: 1 } },
  use: {
    viewport: { width: 1280, height: 720 },
    deviceScaleFactor: 1,
    locale: 'en-GB',
    timezoneId: 'UTC',
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // Letters fall on the same pixels on every machine.
        '--font-render-hinting=none',
        '--disable-font-subpixel-positioning',
        '--disable-lcd-text',
      ],
    },
  },
})

export default config
