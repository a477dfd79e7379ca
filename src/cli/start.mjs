/** `npm start`: from a fresh clone to a page in a browser. */
import { spawn, spawnSync } from 'node:child_process'
import { endWithParent } from './end-with-parent.mjs'
import { installWhatIsMissing, root } from './install.mjs'
import { serve } from './serve.mjs'

const usualPort = 4173

installWhatIsMissing()
build()
const server = await listen()
console.log(`bioscope is at ${server.address}  (Ctrl-C ends it)`)
openBrowser(server.address)

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    void server.close().then(() => process.exit(0))
  })
}

endWithParent()

function build() {
  console.log('Building ...')
  const vite = `${root}node_modules/vite/bin/vite.js`
  const args = [vite, 'build', '--logLevel', 'warn']
  const result = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (result.status === 0) return
  console.error('The page could not be built: see the lines above.')
  process.exit(1)
}

/** A port that was asked for is taken or refused; without one, a stable port is kinder to bookmarks than any free one. */
async function listen() {
  const asked = process.env.PORT
  if (asked === undefined || asked === '') {
    return serve(`${root}dist`, usualPort).catch(() => serve(`${root}dist`, 0))
  }
  const port = Number(asked)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    console.error(`PORT is "${asked}", which is no port: give a number from 0 to 65535, or unset it.`)
    process.exit(2)
  }
  try {
    return await serve(`${root}dist`, port)
  } catch (error) {
    console.error(
      `Port ${port} cannot be had (${error.code}): give another in PORT, or unset it for any free one.`,
    )
    process.exit(1)
  }
}

function openBrowser(address) {
  const display = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY
  const screen = process.platform === 'darwin' || (display !== undefined && display !== '')
  if (!screen || !process.stdout.isTTY) return
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open'
  spawn(opener, [address], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}
