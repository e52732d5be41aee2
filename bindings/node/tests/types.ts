// Compiled only: what the types allow, and what they do not.

import { Client, type OffersLookError } from 'offerslook'

export async function links(signal: AbortSignal): Promise<string[]> {
  const client = new Client({ network: 'acme', email: 'me@example.com', apiKey: 'key', timeout: 10_000 })
  const urls: string[] = []
  const errors: OffersLookError[] = []
  for await (const { url, error } of client.links(new Set([16, 102]), { signal })) {
    if (error) errors.push(error)
    else urls.push(url)
  }
  for await (const outcome of Client.fromEnv({ quota: '20/10' }).links([16])) {
    // @ts-expect-error It may be null.
    urls.push(outcome.url)
  }
  // @ts-expect-error Ids are numbers.
  client.links(['16'])
  // @ts-expect-error The key is missing.
  new Client({ network: 'acme', email: 'me@example.com' })
  // @ts-expect-error There is no such option.
  Client.fromEnv({ retry: 1 })
  return urls
}
