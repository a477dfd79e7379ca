import { createRoot } from 'react-dom/client'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with id "root": restore <div id="root"></div>')
createRoot(root).render(<h1>bioscope</h1>)
