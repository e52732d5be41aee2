//! What stands below the options.

pub(super) const EXAMPLES: &str = "\
Examples:
  offerslook --sandbox links 16 102                  try it, without an account
  offerslook --network acme --email me@example.com --api-key-file key.txt links 16,102

Read more about the account with --help, about formats and exit codes with `offerslook help links`.";

pub(super) const TOP: &str = "\
Examples:
  offerslook --sandbox links 16 102                  try it, without an account
  offerslook --network acme --email me@example.com --api-key-file key.txt links 16,102

The account:
  OFFERSLOOK_NETWORK (or OFFERSLOOK_BASE_URL), OFFERSLOOK_EMAIL and OFFERSLOOK_API_KEY (or
  OFFERSLOOK_API_KEY_FILE) stand in for the options; an option beats its variable. The key is never
  given on the command line, where every user of the machine could read it. It works only from the
  IP addresses on its allow-list.

Read more about formats and exit codes with `offerslook help links`.";

pub(super) const LINKS_EXAMPLES: &str = "\
Examples:
  offerslook --sandbox links 16 102
  offerslook links --from ids.txt --format csv -o links.csv
  seq 1 5000 | offerslook links --from - --format ndjson | jq -r 'select(.url).url'
  offerslook links 16,102 --append 'aff_sub1={click_id}' --append source_id=mail
  offerslook links --from ids.txt --format ndjson -o links.ndjson --resume";

pub(super) const LINKS: &str = "\
Examples:
  offerslook --sandbox links 16 102
  offerslook links --from ids.txt --format csv -o links.csv
  seq 1 5000 | offerslook links --from - --format ndjson | jq -r 'select(.url).url'
  offerslook links 16,102 --append 'aff_sub1={click_id}' --append source_id=mail
  offerslook links --from ids.txt --format ndjson -o links.ndjson --resume

Rows:
  Every id has exactly one row, in the asked order: offer_id, status, url, impression_pixel, error.
  found          there is a link
  unapproved     the offer is there, but you have to apply for it first
  absent         the API answered, and had nothing for this id
  refused        the API refused this id; error tells why
  failed         the call failed for good; error tells why
  not_attempted  the run ended first
  ndjson, json, csv and tsv write rows as they become known, table at the end. Rows that come before
  the first answered id wait for it.

Exit codes:
  0 all found               1 other                      2 usage or configuration
  3 all answered or refused, some without a link         4 authentication
  5 the API refused         6 network, service or time   7 rate limit
  8 an answer that could not be understood               130 interrupted
  Where no id was found, unapproved or absent, there are no rows, only the error.
  A pipe that is closed by its reader is no error.";

pub(super) const SANDBOX_EXAMPLES: &str = "\
Examples:
  offerslook sandbox --port 0 --offers 1000
  offerslook sandbox --faults faults.toml -o sandbox.json   the file appears once it serves";

pub(super) const SANDBOX: &str = "\
Examples:
  offerslook sandbox --port 0 --offers 1000
  offerslook sandbox --faults faults.toml -o sandbox.json   the file appears once it serves

It prints one line of JSON: base_url, email, api_key, and with --https certificate_authority, in
PEM. It serves on this machine alone, until Ctrl-C, a request to terminate or the end of --max-time.
The account is its own. --quota is how many calls it takes: 50 in 10 seconds, like the service,
unless told otherwise. The other options on calls and on the format of rows change nothing here.

Offers:
  Made from the seed and their ids; 16 and 102 are those of the API's reference. A file is a list,
  in which only the id must stand:
  [{\"id\": 7001}, {\"id\": 7002, \"approval\": \"require_approval\", \"affiliate_status\": \"pending\"}]

Faults:
  seed = 7                          # of those that come by chance

  [[rules]]
  route = \"get_tracking_links\"      # left out: every route
  when = { calls = [1, 2] }         # or after, every, probability; left out: always
  fault = { kind = \"rate_limited\", retry_after = 3 }

  The kinds, with their fields, a ? where one may be left out:
  before the work        delay {seconds}
  in place of the work   rate_limited {retry_after?}, status {status, retry_after?}, html {status},
                         code {code}, redirect {location}, id_limit {ids}, key_revoked, reset
  rows                   missing_rows {every}, duplicate_rows, extra_rows {ids}, row_limit {rows},
                         truncated_ids {ids}, unusable_rows {every}, renamed_key {to},
                         ids_as_strings, repeated_page, moving_totals
  bytes                  escaped_slashes, cut_body {after_bytes?}, oversized_body {bytes},
                         gzip_bomb {bytes}, slow_drip {bytes, pause_seconds}

  The routes:
  list_offers, list_batch_offers, get_offer, apply_to_offer, apply_to_offers,
  get_offer_tracking_link, get_tracking_links, get_offer_postbacks, get_offer_creatives,
  get_offer_caps, get_offer_platforms, create_postback, update_postback, list_postbacks,
  get_postback, delete_postback, list_sub_affiliate_rules

While it runs, and with the same account:
  GET, PUT, POST, DELETE /sandbox/v1/faults       lists, replaces, adds to and removes the faults
  GET /sandbox/v1/applications                    lists the pending applications
  POST /sandbox/v1/applications/{offer_id}        decides on one: {\"status\": \"approved\"}
  GET /sandbox/v1/arrivals                        what was asked for";
