/** The client for the OffersLook Affiliate API: offer ids in, tracking links out. */

/** What went wrong, as one stable word for programs. */
export type Kind =
  // Of an offer: answered without a link; proved to have no row; no row, and no proof; the run ended first.
  | 'unapproved'
  | 'absent'
  | 'unproved'
  | 'not_attempted'
  // Of the input or a setting.
  | 'invalid_offer_id'
  | 'configuration'
  | 'unbuildable'
  // Of a run that was stopped, or whose maxTime was over.
  | 'interrupted'
  | 'out_of_time'
  // The service did not accept the key, or this machine's address.
  | 'authentication'
  | 'forbidden'
  // The rate limit, the network or the service failed, also after retries.
  | 'rate_limited'
  | 'transient'
  // The API refused the id, or the call.
  | 'refused'
  // Something other than the expected answer came.
  | 'certificate'
  | 'redirect'
  | 'foreign'
  | 'undecodable'
  | 'unexpected'

/** Whatever goes wrong with the client, a run or an offer. It holds no credentials. */
export class OffersLookError extends Error {
  private constructor()
  readonly kind: Kind
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
