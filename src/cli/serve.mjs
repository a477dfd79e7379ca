/** A small server for a folder of finished files, on loopback. Reads only, and never outside that folder. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize, resolve, sep } from 'node:path'

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}

/** Port 0 takes any free one. Rejects when the port cannot be had. */
export function serve(folder, port = 0) {
  const home = resolve(folder)
  const server = createServer((request, response) => {
    answer(home, request, response).catch(() => response.writeHead(500).end('The file could not be read.\n'))
  })
  return new Promise((done, refuse) => {
    server.once('error', refuse)
    server.listen(port, '127.0.0.1', () => {
      const close = () =>
        new Promise((closed) => {
          server.close(() => closed())
          server.closeAllConnections()
        })
      done({ address: `http://127.0.0.1:${server.address().port}/`, close })
    })
  })
}

async function answer(home, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end('This server only reads.\n')
    return
  }
  const file = fileFor(home, request.url ?? '/')
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined)
  if (found?.isFile() !== true) {
    response.writeHead(404, { 'Content-Type': types['.txt'] }).end('There is no such file here.\n')
    return
  }
  response.writeHead(200, {
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'Content-Length': found.size,
    // Names under assets/ change with their content; everything else must be asked for again.
    'Cache-Control': file.includes(`${sep}assets${sep}`) ? 'max-age=31536000, immutable' : 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  })
  if (request.method === 'HEAD') response.end()
  else
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response)
}

function fileFor(home, url) {
  let path
  try {
    path = decodeURIComponent(url.replace(/[?#].*$/, ''))
  } catch {
    return undefined
  }
  const file = join(home, normalize(path.endsWith('/') ? `${path}index.html` : path))
  return file.startsWith(home + sep) && !file.includes('\0') ? file : undefined
}
