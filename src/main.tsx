/** The entry: the engine's thread starts first, then the page is drawn around it. */
import { mount } from './views/mount.tsx'
import { startWorker } from './worker/start-worker.ts'

const engine = startWorker()
const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with id "root": restore <div id="root"></div>')
void mount(root, engine)
