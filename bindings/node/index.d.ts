/** The client for the OffersLook Affiliate API: offer ids in, tracking links out. */

/** Whatever goes wrong with the client, a run or an offer. It holds no credentials. */
export class OffersLookError extends Error {
  private constructor()
  /** One stable word for programs, such as 'authentication' or 'unapproved'. */
  readonly kind: string
  /** One sentence that tells a person what to do next. */
  readonly advice: string
  /** The offer, if the error is about one offer alone. */
  readonly offerId: number | null
}

/** What came of one offer: a link, or an error in its place. */
export type Outcome =
  | { id: number; url: string; impressionPixel: string | null; error: null }
  | { id: number; url: null; impressionPixel: null; error: OffersLookError }

export interface Options {
  /** The rate limit, as CALLS/SECONDS. Default: '50/10', which all affiliates of a network share. */
  quota?: string
  /** Milliseconds for one call. Default: 30,000. */
  timeout?: number
  /** Milliseconds for a whole run. Default: no limit. */
  maxTime?: number
  /** How many times a failed call is repeated at most. Default: 4. */
  retries?: number
  /** How many ids one call carries at most. Default: 100. */
  idsPerRequest?: number
}

export interface Account {
  /** The name of the network, the first part of its API domain. */
  network?: string
  /** The base URL, in the place of a network. */
  baseUrl?: string
  email: string
  apiKey: string
}

/** A client for the API of one account. All of its runs share its quota. */
export class Client {
  constructor(options: Account & Options)

  /**
   * Creates a client from the environment: OFFERSLOOK_NETWORK or OFFERSLOOK_BASE_URL, OFFERSLOOK_EMAIL and
   * OFFERSLOOK_API_KEY.
   */
  static fromEnv(options?: Options): Client

  /**
   * Gets the tracking links of any number of offers: one outcome per id, in input order, as soon as it is known.
   *
   * A run that ends early, because of a wrong key for example, throws an OffersLookError after the last outcome. Leaving
   * the loop ends all calls. So does the signal: the rest of the outcomes say that they were not attempted, and then an
   * OffersLookError of the kind 'interrupted' is thrown.
   */
  links(ids: Iterable<number>, options?: { signal?: AbortSignal }): AsyncGenerator<Outcome, void, void>
}
