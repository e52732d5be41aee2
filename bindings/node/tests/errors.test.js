import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { Client, OffersLookError } from 'offerslook'
import { collect, range, start } from './sandbox.js'

function check(error, kind, offerId = null) {
  assert.ok(error instanceof OffersLookError && error instanceof Error)
  assert.deepEqual([error.kind, error.offerId, error.name], [kind, offerId, 'OffersLookError'])
  assert.ok(error.message && error.advice.endsWith('.'))
}

test('a wrong key ends the run', async t => {
  const apiKey = 'feedfacefeedfacefeedfacefeedface'
  const client = (await start(t)).client({ apiKey })
  const run = client.links([16, 102])
  const { outcomes, error } = await collect(run)
  check(error, 'authentication')
  assert.deepEqual(outcomes.map(({ id }) => id), [16, 102])
  for (const outcome of outcomes) check(outcome.error, 'not_attempted', outcome.id)
  const shown = it => [inspect(it, { depth: 9, showHidden: true }), `${it}`, `${JSON.stringify(it)}`, `${it.stack}`]
  for (const text of [Client, client, run, error, outcomes, outcomes[0].error].flatMap(shown))
    assert.doesNotMatch(text, new RegExp(`${apiKey}|@sandbox`))
})

for (const bad of [0, -1, 2 ** 60, '16', null, undefined, 1.5, NaN, [16], 16n])
  test(`the bad id ${inspect(bad)} ends the run after those before it`, async t => {
    const { outcomes, error } = await collect((await start(t)).client().links([16, 102, bad, 103]))
    assert.deepEqual(outcomes.map(({ id }) => id), [16, 102])
    check(error, 'invalid_offer_id')
    assert.ok(error.message.startsWith(`${inspect(bad)} at position 2 of the input is not an offer id`))
  })

test('an error of the input is thrown after the ids before it', async t => {
  function* ids() {
    yield 16
    throw new RangeError('ids.txt')
  }
  const { outcomes, error } = await collect((await start(t)).client().links(ids()))
  assert.deepEqual(outcomes.map(({ id }) => id), [16])
  assert.equal(error.message, 'ids.txt')
  assert.ok((await collect((await start(t)).client().links(16))).error instanceof TypeError)
})

test('a dead server', async t => {
  const sandbox = await start(t)
  await sandbox.end()
  const { outcomes } = await collect(sandbox.client({ retries: 0 }).links([16, 102]))
  assert.deepEqual(outcomes.map(({ id }) => id), [16, 102])
  for (const { id, error } of outcomes) {
    check(error, 'transient', id)
    assert.match(error.message, /cannot connect to 127.0.0.1/)
  }
})

test('an answer that does not come in time', async t => {
  const sandbox = await start(t, [{ fault: { kind: 'delay', seconds: 300 } }])
  const { outcomes } = await collect(sandbox.client({ retries: 0, timeout: 50 }).links([16]))
  check(outcomes[0].error, 'transient', 16)
  assert.match(outcomes[0].error.message, /the call to 127.0.0.1 timed out/)
})

for (const [name, fault, kind] of [
  ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:1/' }, 'redirect'],
  ['a page of another server', { kind: 'html', status: 200 }, 'foreign'],
  ['a body without end', { kind: 'oversized_body', bytes: 40_000_000 }, 'foreign'],
  ['a body that inflates without end', { kind: 'gzip_bomb', bytes: 40_000_000 }, 'foreign'],
])
  test(`${name} ends the run`, async t => {
    const { outcomes, error } = await collect((await start(t, [{ fault }])).client().links([16]))
    check(error, kind)
    check(outcomes[0].error, 'not_attempted', 16)
  })

test('offers without a link', async t => {
  const { outcomes } = await collect((await start(t)).client().links(range(1, 300)))
  const errors = outcomes.flatMap(({ error }) => error ?? [])
  assert.deepEqual(new Set(errors.map(({ kind }) => kind)), new Set(['unapproved', 'absent']))
  const absent = errors.find(({ offerId }) => offerId === 300)
  check(absent, 'absent', 300)
  const { kind, advice, offerId } = JSON.parse(JSON.stringify(absent))
  assert.deepEqual({ kind, advice, offerId }, { kind: absent.kind, advice: absent.advice, offerId: 300 })
})

const account = { network: 'acme', email: 'me@example.com', apiKey: 'key' }
for (const [wrong, name] of [
  [{ baseUrl: 'https://acme.example' }, 'network and baseUrl'],
  [{ network: undefined, baseUrl: 'http://gateway.internal' }, 'baseUrl'],
  [{ network: undefined }, 'network'],
  [{ email: '' }, 'email'],
  [{ apiKey: 'two\nlines' }, 'apiKey'],
  [{ quota: 'fast' }, 'rate'],
  [{ timeout: -1 }, 'negative'],
  [{ retries: 1000 }, 'retries'],
  [{ retry: 1 }, 'unknown field `retry`'],
])
  test(`wrong settings: ${inspect(wrong)}`, () => {
    assert.throws(
      () => new Client({ ...account, ...wrong }),
      error => {
        check(error, 'configuration')
        assert.ok(error.message.includes(name) && !error.message.includes('lines'), error.message)
        return true
      },
    )
  })

test('a missing variable', () => {
  for (const name of ['NETWORK', 'BASE_URL', 'EMAIL', 'API_KEY']) delete process.env[`OFFERSLOOK_${name}`]
  assert.throws(() => Client.fromEnv(), /OFFERSLOOK_NETWORK/)
})
