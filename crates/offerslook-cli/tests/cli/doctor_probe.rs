//! The probe finds in the sandbox what the sandbox was told to do.

use std::{collections::BTreeMap, fmt::Write as _};

use insta::assert_snapshot;
use offerslook_sandbox::{Faults, Sandbox, SandboxConfig};
use serde_json::json;

use crate::{
    doctor::{at, sandbox},
    service::{Reply, by_path, success},
};

/// The result of each check of the probe, and what is said about it. Of several of one name, all.
fn results(base_url: &str) -> BTreeMap<String, String> {
    let ran = at(base_url, "doctor --probe --quota 1000/1 --format ndjson").run();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    let mut results = BTreeMap::<_, String>::new();
    for row in ran.rows() {
        if let Some(result) = row["result"].as_str() {
            let all = results.entry(row["check"].as_str().unwrap().to_owned()).or_default();
            writeln!(all, "{result}: {}", row["detail"].as_str().unwrap()).unwrap();
        }
    }
    results
}

fn faulty(route: &str, fault: &str) -> Sandbox {
    let faults = format!("[[rules]]\nroute = \"{route}\"\nfault = {{ {fault} }}\n");
    sandbox(SandboxConfig::default().without_quota().faults(Faults::from_toml(&faults).unwrap()))
}

#[test]
fn a_sandbox_without_faults() {
    for format in ["table", "json"] {
        // With the documented quota on both sides.
        let sandbox = sandbox(SandboxConfig::default());
        let ran = at(sandbox.base_url(), &format!("doctor --probe --format {format}")).run();
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
        assert!(!ran.out.contains("https://") && !ran.out.contains("me@example.com"), "{}", ran.out);
        let port = sandbox.base_url().rsplit(':').next().unwrap();
        assert_snapshot!(format!("probe_{format}"), ran.out.replace(port, "PORT"));
        let arrivals = sandbox.arrivals();
        assert!(arrivals.total <= 50, "{}", arrivals.total);
        assert!(arrivals.newest.iter().all(|arrival| arrival.method == "GET"), "{arrivals:?}");
        assert!(arrivals.newest.iter().all(|arrival| arrival.status != Some(429)), "{arrivals:?}");
    }
}

#[test]
fn faults_are_found() {
    for (route, fault, check, expected) in [
        ("get_tracking_links", "kind = \"id_limit\", ids = 50", "ids_per_call", "50: "),
        ("get_tracking_links", "kind = \"id_limit\", ids = 333", "ids_per_call", "333: "),
        ("get_tracking_links", "kind = \"row_limit\", rows = 30", "ids_per_call", "30 rows come"),
        ("get_tracking_links", "kind = \"truncated_ids\", ids = 77", "ids_per_call", "77: "),
        ("get_tracking_links", "kind = \"missing_rows\", every = 3", "rows_of_few_ids", "incomplete"),
        ("list_offers", "kind = \"repeated_page\"", "offset", "repeated"),
        ("get_offer", "kind = \"code\", code = 1001", "error_shape", "code_in_success"),
        ("get_offer", "kind = \"html\", status = 404", "error_shape", "status_alone"),
        ("get_offer", "kind = \"html\", status = 200", "error_shape", "undecodable"),
        ("get_tracking_links", "kind = \"ids_as_strings\"", "drift", "text instead of number"),
        ("get_offer_caps", "kind = \"renamed_key\", to = \"cap\"", "drift", "undecodable"),
        ("get_tracking_links", "kind = \"escaped_slashes\"", "drift", "none"),
    ] {
        let sandbox = faulty(route, fault);
        let found = results(sandbox.base_url());
        assert!(found[check].contains(expected), "{fault}: {found:#?}");
    }
}

/// One whose `offset` skips rows, as the reference says, whose answers end after 20 rows in order of their ids, and
/// which has new fields.
#[test]
fn a_service_that_has_changed() {
    let base_url = by_path(|path| {
        let number =
            |name: &str| path.split(['?', '&']).find_map(|pair| pair.strip_prefix(name)?.parse().ok());
        if path.starts_with("/aff/v1/batches/offers/tracking_links/") {
            let ids = path.rsplit('/').next().unwrap().split(',');
            let ids = ids.map(|id| id.parse::<u64>().unwrap()).filter(|id| *id < 50);
            let mut rows: Vec<_> = ids
                .map(|id| json!({"offer_id": id, "url": format!("https://x.example/{id}"), "mood": "good"}))
                .collect();
            rows.sort_by_key(|row| row["offer_id"].as_u64());
            rows.truncate(20);
            return success(
                &json!({"tracking_link": if rows.len() == 1 { rows.remove(0) } else { rows.into() }}),
            );
        }
        if !path.starts_with("/aff/v1/offers?") {
            return Reply::Body(404, String::new());
        }
        let (skip, limit): (usize, usize) = (number("offset=").unwrap(), number("limit=").unwrap());
        let rows: Vec<_> = (1..=49).skip(skip).take(limit).map(|id| json!({"offer": {"id": id}})).collect();
        success(&json!({
            "rowset": rows, "totalRows": 49, "totalPages": 49usize.div_ceil(limit), "offset": skip, "limit": limit
        }))
    });
    let found = results(&base_url);
    for (check, expected) in [
        ("offset", "rows"),
        ("past_the_end", "rows"),
        ("ids_per_call", "20"),
        ("row_order", "ascending"),
        ("one_id", "object"),
        ("unknown_ids", "no_row"),
        ("error_shape", "status_alone"),
    ] {
        assert!(found[check].starts_with(&format!("{expected}: ")), "{found:#?}");
    }
    assert!(found["drift"].contains("unknown field"), "{found:#?}");
    assert!(found["drift"].contains("object instead of list"), "{found:#?}");
}
