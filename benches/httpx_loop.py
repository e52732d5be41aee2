"""The loop on httpx that people write."""

import asyncio
import sys

import httpx

IDS_PER_CALL = 100
IN_FLIGHT = 8
AUTHORIZATION = "Basic bWVAZXhhbXBsZS5jb206MDEyMzQ1Njc4OWFiY2RlZg=="


async def main(base_url: str, ids: int) -> None:
    free = asyncio.Semaphore(IN_FLIGHT)
    async with httpx.AsyncClient(headers={"authorization": AUTHORIZATION}, trust_env=False) as client:

        async def get(first: int) -> int:
            async with free:
                part = ",".join(map(str, range(first, min(first + IDS_PER_CALL, ids + 1))))
                response = await client.get(f"{base_url}/aff/v1/batches/offers/tracking_links/{part}")
                response.raise_for_status()
                answer = response.json()
                if answer["code"] != 0:
                    raise SystemExit(f"the API answered code {answer['code']}")
                rows = answer["data"]["tracking_link"]
                return sum(row["url"].startswith("http") for row in rows)

        found = sum(await asyncio.gather(*map(get, range(1, ids + 1, IDS_PER_CALL))))
    if found != ids:
        raise SystemExit(f"{found} links for {ids} ids")
    print(found)


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
