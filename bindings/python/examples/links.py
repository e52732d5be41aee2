"""Prints the links of the offers 1 to N. Arguments: N CALLS/SECONDS IDS_PER_CALL."""

import sys
import time

import offerslook

ids, quota, ids_per_call = sys.argv[1:]
client = offerslook.Client.from_env(quota=quota, ids_per_request=int(ids_per_call))
start = time.monotonic()
outcomes = 0
links = client.links(range(1, int(ids) + 1))
for link in links:
    outcomes += 1
    print(link.id, link.url or link.error)
print(ids, outcomes, links.calls, f"{time.monotonic() - start:.1f}", file=sys.stderr)
