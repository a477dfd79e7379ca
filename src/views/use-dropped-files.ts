/** What is dropped on the page is taken in, as soon as what takes it has loaded. */
import { useEffect } from 'react'
import type { Workbench } from './panels/workbench.ts'

export function useDroppedFiles(bench: Workbench, open: () => void): void {
  useEffect(() => {
    let end: (() => void) | 'gone' | undefined
    void import('./dropped-files.ts').then(({ listenForFiles }) => {
      if (end === undefined) end = listenForFiles(bench, open)
    })
    return () => {
      if (typeof end === 'function') end()
      end = 'gone'
    }
  }, [bench, open])
}
