import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'offerslook'
import { collect, range, start } from './sandbox.js'

test('the links of two offers', async t => {
  Object.assign(process.env, (await start(t)).environment)
  const { outcomes, error } = await collect(Client.fromEnv().links([16, 102]))
  assert.equal(error, undefined)
  assert.deepEqual(outcomes.map(({ id }) => id), [16, 102])
  for (const { id, url, impressionPixel, error } of outcomes) {
    assert.equal(error, null)
    assert.match(url, new RegExp(`offer_id=${id}&`))
    assert.match(impressionPixel, /^<img/)
  }
})

test('every id has one outcome, whatever fails', async t => {
  const faults = [{ kind: 'status', status: 503 }, { kind: 'reset' }, { kind: 'cut_body' }, { kind: 'code', code: 500 }]
  const sandbox = await start(t, faults.map(fault => ({ when: { probability: 0.0125 }, fault })), 4900)
  const { outcomes, error } = await collect(sandbox.client({ idsPerRequest: 20 }).links(range(1, 5000)))
  assert.equal(error, undefined)
  assert.deepEqual(outcomes.map(({ id }) => id), range(1, 5000))
  for (const { id, url, error } of outcomes) {
    assert.notEqual(url === null, error === null)
    if (error) assert.ok(error.kind === 'absent' || (error.kind === 'unapproved' && id <= 4900), error.kind)
  }
  assert.ok((await sandbox.faults()) > 5)
})

test('ids are read as they are needed', async t => {
  let count = 0
  function* ids() {
    try {
      for (;;) yield (count++ % 200) + 1
    } finally {
      count = -1
    }
  }
  let outcomes = 0
  for await (const { id } of (await start(t)).client().links(ids())) {
    assert.equal(id, (outcomes++ % 200) + 1)
    if (outcomes === 1000) break
  }
  assert.equal(count, -1, 'the input is closed with the loop')
})

test('no ids are no error', async t => {
  assert.deepEqual(await collect((await start(t)).client().links([])), { outcomes: [] })
})
