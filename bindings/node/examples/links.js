// Prints the links of the offers 1 to N. Arguments: N CALLS/SECONDS IDS_PER_CALL.

import { Client } from 'offerslook'

const [ids, quota, idsPerCall] = process.argv.slice(2)
const { fetch } = globalThis
let calls = 0
globalThis.fetch = (...request) => {
  calls += 1
  return fetch(...request)
}
const client = Client.fromEnv({ quota, idsPerRequest: Number(idsPerCall) })
const start = performance.now()
let outcomes = 0
for await (const { id, url, error } of client.links(Array.from({ length: Number(ids) }, (_, index) => index + 1))) {
  outcomes += 1
  console.log(id, url ?? error.message)
}
console.error(ids, outcomes, calls, ((performance.now() - start) / 1000).toFixed(1))
