import { inspect } from 'node:util'
import { Client as Core } from './core/offerslook_node.js'

export class OffersLookError extends Error {
  name = 'OffersLookError'

  constructor({ message, kind, advice }, offerId = null) {
    super(message)
    Object.assign(this, { kind, advice, offerId })
  }
}

export class Client {
  #core

  constructor(options = {}, environment = undefined) {
    const { network, baseUrl, email, apiKey, ...others } = options
    const { quota = '50/10', timeout = 30_000, maxTime, retries = 4, idsPerRequest = 100, ...unknown } = others
    const given = { NETWORK: network, BASE_URL: baseUrl, EMAIL: email, API_KEY: apiKey }
    const variable = name => (environment ? environment[name] : given[name.replace('OFFERSLOOK_', '')])
    const settings = { quota, timeout, maxTime, retries, idsPerRequest, ...unknown }
    try {
      this.#core = new Core(variable, JSON.stringify(settings), Math.random() * 2 ** 32)
    } catch (error) {
      if (typeof error !== 'string') throw error
      const { message, ...rest } = JSON.parse(error)
      throw new OffersLookError({ message: environment ? message : withNamesOfOptions(message), ...rest })
    }
  }

  static fromEnv(options) {
    return new Client(options, process.env)
  }

  async *links(ids, { signal } = {}) {
    const input = checked(ids)
    let invalid
    const next = () => {
      try {
        return input.next().value
      } catch (error) {
        invalid = error
        return 0 // This ends the run after the ids before it.
      }
    }
    const run = this.#core.links(next, ids.length ?? ids.size)
    const calls = new Calls(run)
    const wake = () => calls.wake()
    signal?.addEventListener('abort', wake)
    try {
      for (;;) {
        if (signal?.aborted) run.stop(performance.now())
        const step = JSON.parse(run.next(performance.now()))
        if (step.send) calls.start(step.send)
        else if (step.item) yield outcome(step.item)
        else if (step.error) throw step.error.kind === 'invalid_offer_id' ? invalid : new OffersLookError(step.error)
        else if ('cancel' in step) calls.cancel(step.cancel)
        else if ('wait' in step) await calls.wait(step.wait)
        else if (step.done) return
      }
    } finally {
      signal?.removeEventListener('abort', wake)
      calls.end()
      input.return()
    }
  }
}

/** Yields the ids, and throws at what is not an id. */
function* checked(ids) {
  let position = 0
  for (const id of ids) {
    if (!Number.isSafeInteger(id) || id < 1) {
      const place = `${inspect(id, { depth: 0 }).slice(0, 60)} at position ${position} of the input`
      const message = `${place} is not an offer id: ids are integers from 1 on`
      throw new OffersLookError({ kind: 'invalid_offer_id', message, advice: 'Leave that element out of the input.' })
    }
    position += 1
    yield id
  }
}

/** The calls of a run. */
class Calls {
  #run
  #inFlight = new Map()
  wake = () => {}

  constructor(run) {
    this.#run = run
  }

  async start({ id, url, init, timeout, maxBytes }) {
    const call = new AbortController()
    this.#inFlight.set(id, call)
    let isLate = false
    const timer = after(timeout, () => call.abort((isLate = true)))
    try {
      const response = await fetch(url, { ...init, redirect: 'manual', signal: call.signal })
      const body = await read(response.body, maxBytes)
      this.#run.answered(id, performance.now(), response.status, JSON.stringify([...response.headers]), body)
    } catch (error) {
      this.#run.failed(id, performance.now(), isLate ? 'timeout' : `${error?.cause?.code ?? error?.name}`)
    }
    clearTimeout(timer)
    this.cancel(id)
    this.wake()
  }

  /** Waits for an answer, at most that long. */
  wait(milliseconds) {
    return new Promise(resolve => {
      const timer = milliseconds === null ? undefined : after(milliseconds, resolve)
      this.wake = () => resolve(clearTimeout(timer))
    })
  }

  cancel(id) {
    this.#inFlight.get(id)?.abort()
    this.#inFlight.delete(id)
  }

  end() {
    for (const id of this.#inFlight.keys()) this.cancel(id)
  }
}

/** Timers cannot be longer than 24 days. */
const after = (milliseconds, action) => setTimeout(action, Math.min(milliseconds, 2 ** 31 - 1))

/** Reads a body, and not much more of it than allowed. */
async function read(body, maxBytes) {
  const pieces = []
  let size = 0
  for await (const piece of body ?? []) {
    pieces.push(piece)
    if ((size += piece.length) > maxBytes) break
  }
  return Buffer.concat(pieces)
}

function outcome({ id, url = null, impressionPixel = null, error = null }) {
  return { id, url, impressionPixel, error: error && new OffersLookError(error, id) }
}

/** Puts the names of options in the place of those of variables. */
function withNamesOfOptions(message) {
  const camelCase = (_, name) => name.toLowerCase().replace(/_(.)/g, (_, letter) => letter.toUpperCase())
  return message.replace(/OFFERSLOOK_(\w+)/g, camelCase)
}
