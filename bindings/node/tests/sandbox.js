import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'offerslook'

/** Starts a fake service on this machine, with these faults. It ends with the test. */
export async function start(test, rules = [], offers = 200) {
  const faults = join(mkdtempSync(join(tmpdir(), 'offerslook-')), 'faults.json')
  writeFileSync(faults, JSON.stringify({ seed: 7, rules }))
  const options = ['--quiet', '--max-time', '600', '--no-quota', '--offers', `${offers}`, '--faults', faults]
  const command = process.env.OFFERSLOOK_COMMAND ?? 'offerslook'
  const sandbox = spawn(command, ['sandbox', ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  const end = async () => sandbox.kill() && once(sandbox, 'exit')
  test.after(end)
  const [line] = await once(createInterface(sandbox.stdout), 'line')
  const { base_url: baseUrl, email, api_key: apiKey } = JSON.parse(line)
  return {
    end,
    client: options => new Client({ baseUrl, email, apiKey, quota: '10000/1', ...options }),
    environment: { OFFERSLOOK_BASE_URL: baseUrl, OFFERSLOOK_EMAIL: email, OFFERSLOOK_API_KEY: apiKey },
    /** Returns the number of calls that faults have changed. */
    async faults() {
      const authorization = `Basic ${btoa(`${email}:${apiKey}`)}`
      const answer = await fetch(`${baseUrl}/sandbox/v1/faults`, { headers: { authorization } })
      const { data } = await answer.json()
      return data.faults.fired.reduce((sum, calls) => sum + calls, 0)
    },
  }
}

/** Collects the outcomes of a run, and the error that ended it. */
export async function collect(run) {
  const outcomes = []
  try {
    for await (const outcome of run) outcomes.push(outcome)
  } catch (error) {
    return { outcomes, error }
  }
  return { outcomes }
}

export const range = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => first + index)
