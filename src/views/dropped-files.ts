/** Files and texts that are dropped on the page. Loaded after the first picture. */
import type { Workbench } from './panels/workbench.ts'

/** A file that is dropped anywhere becomes the draft; the browser would leave the page for it. Returns what ends it. */
export function listenForFiles(bench: Workbench, open: () => void): () => void {
  const holdsSomething = (event: DragEvent): boolean =>
    event.dataTransfer?.types.some((type) => type === 'Files' || type === 'text/plain') === true
  const isText = (event: DragEvent): boolean =>
    event.target instanceof Element && event.target.closest('input, textarea') !== null
  const over = (event: DragEvent): void => {
    const { dataTransfer } = event
    if (!holdsSomething(event) || (isText(event) && dataTransfer?.types.includes('Files') !== true)) return
    event.preventDefault()
    document.body.classList.add('dropping')
  }
  const leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) document.body.classList.remove('dropping')
  }
  const drop = (event: DragEvent): void => {
    document.body.classList.remove('dropping')
    const { dataTransfer } = event
    const file = dataTransfer?.files[0]
    if (dataTransfer === null || (file === undefined && isText(event))) return
    event.preventDefault()
    const text = dataTransfer.getData('text/plain')
    open()
    void Promise.all([import('./panels/workbench.ts'), import('./editor/take-in.ts')]).then(
      ([{ draftOf }, { takeFile, takeText }]) => {
        if (file !== undefined) void takeFile(draftOf(bench), file)
        else takeText(draftOf(bench), text)
      },
    )
  }
  document.addEventListener('dragover', over)
  document.addEventListener('dragleave', leave)
  document.addEventListener('drop', drop)
  return () => {
    document.removeEventListener('dragover', over)
    document.removeEventListener('dragleave', leave)
    document.removeEventListener('drop', drop)
  }
}
