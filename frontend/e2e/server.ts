/**
 * The program under test: `bin/jiangtai serve` on a free port with a data
 * folder of its own, set up through its public interface like anybody would.
 * What it needs is built by `make`.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const binary = process.env.PROGRAM_UNDER_TEST ?? resolve(import.meta.dirname, '../../bin/jiangtai')

export interface Account {
  user: string
  password: string
  token: string
}

/** One running server; stop() ends it and removes its data, kill() is kill -9. */
export class Server {
  readonly base: string
  admin: Account = { user: '', password: '', token: '' }
  /** The one-time link for the first administrator, of a server that has none. */
  link = ''
  private child?: ChildProcess
  private output = ''

  private constructor(
    readonly port: number,
    readonly data: string,
  ) {
    this.base = `http://127.0.0.1:${port}`
  }

  /** A fresh server on which nobody has an account yet. */
  static async fresh(): Promise<Server> {
    const server = new Server(await freePort(), mkdtempSync(join(tmpdir(), 'jiangtai-e2e-')))
    await server.run()
    const find = () => /console#setup=([\w-]+)/.exec(server.output)?.[1] ?? ''
    // What it prints may come after it answers.
    for (const deadline = Date.now() + 10_000; !(server.link = find()) && Date.now() < deadline;) await pause()
    if (!server.link) throw new Error(`no link for the first administrator in:\n${server.output}`)
    return server
  }

  /** A fresh server with an administrator. */
  static async start(): Promise<Server> {
    const server = await Server.fresh()
    const { link } = server
    const account = { user: 'admin', password: 'porcelain-and-ink-26' }
    await server.call('POST', '/api/v1/first-administrator', { link, name: '管理员', ...account })
    const session = await server.call<{ token: string }>('POST', '/api/v1/sessions', account)
    server.admin = { ...account, token: session.token }
    return server
  }

  /** Starts the process on the same port and data: also after kill(). */
  async run(): Promise<void> {
    const child = spawn(binary, ['serve'], {
      env: {
        ...process.env,
        JIANGTAI_HTTP_ADDR: `127.0.0.1:${this.port}`,
        JIANGTAI_DATA: this.data,
        DATABASE_URL: '',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child = child
    child.stdout.on('data', (b: Buffer) => (this.output += b.toString()))
    child.stderr.on('data', (b: Buffer) => (this.output += b.toString()))
    const deadline = Date.now() + 60_000
    for (;;) {
      const ready = await fetch(`${this.base}/readyz`).then(
        (r) => r.ok,
        () => false,
      )
      if (ready) return
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`the server did not become ready:\n${this.output}`)
      }
      await pause()
    }
  }

  /** kill -9: no goodbye to anybody. */
  async kill(): Promise<void> {
    await this.end('SIGKILL')
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM')
    rmSync(this.data, { recursive: true, force: true })
  }

  /** One call as the administrator, or with another token ('' is the public). */
  async call<T = unknown>(method: string, path: string, body?: unknown, token = this.admin.token): Promise<T> {
    const headers: Record<string, string> = { 'X-Jiangtai': '1' }
    if (token) headers.Authorization = `Bearer ${token}`
    const raw = body instanceof Uint8Array
    if (body !== undefined) headers['Content-Type'] = raw ? 'application/zip' : 'application/json'
    const answer = await fetch(this.base + path, {
      method,
      headers,
      body: raw ? (body as BodyInit) : body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return (text ? JSON.parse(text) : undefined) as T
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((done) => child.once('exit', done))
    child.kill(signal)
    await gone
  }
}

const pause = () => new Promise((done) => setTimeout(done, 100))

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? found(address.port) : failed(new Error('no port'))))
    })
  })
}
