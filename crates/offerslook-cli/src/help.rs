//! The texts below the options, and the help topics.

pub(crate) const TOP: &str = "\
Examples:
  offerslook --sandbox links 16 102                  try it without an account
  offerslook --network acme --email me@example.com --api-key-file key.txt links 16,102

Options of a command may also stand before it. `offerslook help COMMAND` lists them.
More help: offerslook help exit-codes, help environment, help formats";

pub(crate) const LINKS: &str = "\
Statuses:
  found          there is a link
  unapproved     the API knows the offer, but sent no URL: apply first
  absent         the API has nothing for this id, which was proved
  unproved       nothing came for this id, and nothing proves that there is nothing
  refused        the API refused this id; see error
  failed         the call failed for good; see error
  not_attempted  the run ended first

Examples:
  offerslook --sandbox links 16 102
  offerslook links --from ids.txt --format csv -o links.csv
  seq 1 5000 | offerslook links --from - --format ndjson | jq -r 'select(.url).url'
  offerslook links 16,102 --append 'aff_sub1={click_id}' --append source_id=mail
  offerslook links --from ids.txt --format ndjson -o links.ndjson --resume";

pub(crate) const AUTH_LOGIN: &str = "\
It asks for what is missing, and does not show the key. A profile that is there already keeps what
is not given, so that a new key alone can be stored. Nothing is sent: offerslook doctor checks the
account.

The file is config.toml in OFFERSLOOK_CONFIG_DIR, or in the folder offerslook of your configuration
folder, such as ~/.config. Only its owner can read it:
  [profiles.default]                 # used unless --profile names another one
  network = \"acme\"                   # or base_url = \"https://api.example.com\"
  email = \"me@example.com\"
  api_key = \"…\"                      # or api_key_file = \"key.txt\", beside config.toml
  quota_store = \"redis://cache\"     # and quota_store_password_file, quota_fallback; all optional

Examples:
  offerslook auth login --network acme --email me@example.com
  pass show acme | offerslook auth login --profile work --api-key-stdin    a new key for a profile";

pub(crate) const DOCTOR: &str = "\
Each check is ok, warning, failed or skipped, and says what to do. The first that failed decides the
exit code; warnings do not. Rows have the fields check, status, result, detail and advice.

--probe makes about 50 calls, all of them GET, within --quota, to answer what the API reference leaves
open. Its report holds no e-mail address, no key and no link, so it can be attached to a bug report.

Examples:
  offerslook --sandbox doctor
  offerslook doctor --probe --format json -o report.json";

pub(crate) const QUOTA: &str = "\
A slot is held while its call is in flight, and for one window after its answer. Rows have the fields
program, slots and waits_for.

Examples:
  offerslook quota --network acme --quota-store redis://cache.internal
  offerslook quota --format json | jq 'map(.slots) | add'";

pub(crate) const API: &str = "\
Examples:
  offerslook api GET '/aff/v1/offers?limit=5'
  offerslook api GET /aff/v1/offers --paginate | jq -r .offer.name
  offerslook api DELETE /aff/v1/offer_postbacks/51 --yes";

pub(crate) const EXIT_CODES: &str = "\
Exit codes:
    0  success: for links, every id has a link
    1  anything else, such as an output that cannot be written
    2  the command line, the environment, the configuration or an input file is not valid;
       nothing was sent
    3  every id was answered or refused, but some have no link
    4  the e-mail address, the API key or this machine's IP address was not accepted
    5  the API refused the request
    6  the network or the service failed, or the time was up
    7  the rate limit outlasted the retries
    8  an answer could not be understood
  130  interrupted by Ctrl-C, a request to terminate or a closed terminal

If nothing was answered, there are no rows, only the error, and the code is that of the error
(4 to 8). Otherwise there is a row for every id, and the first that failed or was not attempted
decides the code. Only an interrupted run may have fewer: it does not take the time to write millions
of rows for ids that it did not come to, and says how many it left out. A pipe that its reader closes
is not an error.
";

pub(crate) const ENVIRONMENT: &str = "\
Environment:
  OFFERSLOOK_NETWORK        name of the network, like --network
  OFFERSLOOK_BASE_URL       API domain, like --base-url
  OFFERSLOOK_EMAIL          e-mail address, like --email
  OFFERSLOOK_API_KEY        the API key itself
  OFFERSLOOK_API_KEY_FILE   file that holds the API key, like --api-key-file
  OFFERSLOOK_PROFILE        profile to use, like --profile
  OFFERSLOOK_QUOTA_STORE    Redis server that keeps the rate limit, like --quota-store
  OFFERSLOOK_QUOTA_STORE_PASSWORD, OFFERSLOOK_QUOTA_STORE_PASSWORD_FILE
                            its password, or the file that holds it
  OFFERSLOOK_QUOTA_FALLBACK what to do without it, like --quota-fallback
  OFFERSLOOK_CONFIG_DIR     folder of config.toml, which holds the profiles
  HTTPS_PROXY, ALL_PROXY    proxy for https; loopback addresses never use one
  NO_PROXY                  hosts that are reached without it
  NO_COLOR                  if set, no colours

A flag beats the environment, and the environment beats the profile. An empty variable counts as
one that is not set. --sandbox brings its own account, and ignores the environment and the profile.

The API key is never given on the command line, where every user of the machine could read it. It
works only from the IP addresses on its allow-list.
";

pub(crate) const FORMATS: &str = "\
Formats:
  table   columns for people, once all rows are known, or 10,000 of them: further rows follow as they
          become known. Columns without values are left out if all rows are known. On a terminal,
          cells that do not fit are cut.
  json    one array with an object per row
  ndjson  one object per line
  csv     a header line, then one record per row
  tsv     the same with tabs; tabs and line breaks inside a cell become spaces, so a row is a line

All formats but table write rows as they become known, and never cut a cell. The names of columns
and fields do not change. JSON leaves out fields without a value; in csv and tsv, lists and objects
are JSON. Decimals are strings with all their digits.

--fields id,name writes these columns only, in this order. A wrong name lists the right ones.

Formulas: a CSV cell that starts with = + - @, a tab or a carriage return gets a ' in front, so
that a spreadsheet does not run it. --no-formula-guard turns this off.

Control characters and marks that change the direction of text never reach a terminal. JSON
escapes them; other formats replace them with spaces there.

-o FILE replaces the file only by a complete output. If the run ends early, FILE stays as it was,
and the rows are in FILE.incomplete.
";

pub(crate) const SANDBOX: &str = "\
Examples:
  offerslook sandbox --port 0 --offers 1000
  offerslook sandbox --faults faults.toml -o sandbox.json   the file appears once it serves

It prints one line of JSON: base_url, email, api_key, and with --https certificate_authority, in
PEM. It serves on this machine only, until Ctrl-C, a request to terminate or the end of --max-time.

Offers:
  Generated from the seed and their ids; 16 and 102 are those of the API's reference. A file holds a
  list; only the id is required:
  [{\"id\": 7001}, {\"id\": 7002, \"approval\": \"require_approval\", \"affiliate_status\": \"pending\"}]

Faults:
  seed = 7                          # for probabilistic rules

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
