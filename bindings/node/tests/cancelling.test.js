// Loops that end early. The sandbox never answers in time: what does not end at once runs into a limit.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { collect, range, start } from './sandbox.js'

const silent = [{ when: { after: 1 }, fault: { kind: 'delay', seconds: 300 } }]
const timeout = 60_000

/** Runs a program to its end: it does not end before its timers and connections have. */
async function ends(t, program) {
  const { environment } = await start(t, silent)
  const code = `import { Client } from 'offerslook'
    const ids = Array.from({ length: 100 }, (_, index) => index + 1)
    const client = Client.fromEnv({ idsPerRequest: 1, timeout: 200_000 })
    ${program}`
  const cwd = new URL('..', import.meta.url)
  const env = { ...process.env, ...environment }
  const node = spawn(process.execPath, ['--input-type=module', '-e', code], { cwd, env, timeout, stdio: 'inherit' })
  assert.deepEqual(await once(node, 'exit'), [0, null])
}

test('leaving a loop ends its calls', t => ends(t, 'for await (const _ of client.links(ids)) break'))

test('an error in a loop ends its calls', t =>
  ends(t, 'try { for await (const _ of client.links(ids)) throw 1 } catch {}'))

test('a signal ends the calls in flight', t =>
  ends(
    t,
    `const control = new AbortController()
    const run = client.links(function* () {
      for (const id of ids) {
        // The second call, which is not answered, is about to be made.
        if (id === 3) setImmediate(() => control.abort())
        yield id
      }
    }(), { signal: control.signal })
    let kind
    try { for await (const _ of run); } catch (error) { kind = error.kind }
    process.exitCode = kind === 'interrupted' ? 0 : 1`,
  ))

test('what a signal ends is not attempted', async t => {
  const control = new AbortController()
  const { outcomes, error } = await collect(
    (async function* () {
      const client = (await start(t, silent)).client({ idsPerRequest: 1, timeout: 200_000 })
      for await (const outcome of client.links(range(1, 100), { signal: control.signal })) {
        control.abort()
        yield outcome
      }
    })(),
  )
  assert.equal(error.kind, 'interrupted')
  assert.deepEqual(outcomes.map(({ id }) => id), range(1, 100))
  assert.deepEqual(new Set(outcomes.slice(1).map(({ error }) => error.kind)), new Set(['not_attempted']))
})

test('nothing is sent after a signal', async t => {
  const sandbox = await start(t, [{ fault: { kind: 'reset' } }])
  const { outcomes, error } = await collect(sandbox.client().links([16], { signal: AbortSignal.abort() }))
  assert.equal(error.kind, 'interrupted')
  assert.equal(outcomes[0].error.kind, 'not_attempted')
  assert.equal(await sandbox.faults(), 0)
})
