/** Small texts kept between visits. A browser may refuse storage or be full: then nothing is kept, and nothing breaks. */
export interface SafeStorage {
  read(key: string): string | undefined
  write(key: string, text: string): void
}

/** @param open Gets the storage; may throw, as `localStorage` does where it is forbidden. */
export function safeStorage(open: () => Storage): SafeStorage {
  const attempt = <T>(action: (storage: Storage) => T): T | undefined => {
    try {
      return action(open())
    } catch {
      return undefined
    }
  }
  return {
    read: (key) => attempt((storage) => storage.getItem(key)) ?? undefined,
    write: (key, text) => attempt((storage) => storage.setItem(key, text)),
  }
}

/** For tests and for pages without storage. */
export function memoryStorage(): SafeStorage {
  const texts = new Map<string, string>()
  return { read: (key) => texts.get(key), write: (key, text) => void texts.set(key, text) }
}
