export interface Server {
  readonly address: string
  close(): Promise<void>
}

export declare function serve(folder: string, port?: number): Promise<Server>
