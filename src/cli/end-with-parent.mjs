/**
 * npm starts scripts through a shell. A signal sent to npm ends npm and the shell, but may never reach us: a server
 * would live on and keep its port. Under npm, the loss of the parent therefore counts as a SIGTERM.
 */
export function endWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}
