import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

/** The development server injects an inline script, which the page's own policy rightly refuses. */
function withoutPolicyWhileDeveloping(): Plugin {
  return {
    name: 'without-policy-while-developing',
    apply: 'serve',
    transformIndexHtml: (html) => html.replace(/<meta[^>]+Content-Security-Policy[^>]*>/, ''),
  }
}

const config: ViteUserConfig = defineConfig({
  // Relative, so that the built page works from any folder of any server.
  base: './',
  plugins: [react(), withoutPolicyWhileDeveloping()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    sourcemap: false,
    // Without the polyfill nothing in the page can fetch: every browser of the target knows modulepreload.
    modulePreload: {
      polyfill: false,
      // Names of all that a lazy part needs would be part of the first load; from where the page is served, a part finds them
      // as fast by itself. Style sheets have no other way.
      resolveDependencies: (_file, needed, { hostType }) =>
        hostType === 'html' ? needed : needed.filter((file) => file.endsWith('.css')),
    },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'node_modules/**', 'dist/**'],
    environment: 'node',
    testTimeout: 30_000,
    // Left alone, it keeps one core for itself, which is half of a small machine.
    maxWorkers: Math.max(1, availableParallelism()),
  },
})

export default config
