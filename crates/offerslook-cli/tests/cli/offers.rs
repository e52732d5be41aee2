use insta::assert_snapshot;

use crate::{
    command::{offerslook, transcript},
    service::{Reply, Service, failure, ok},
};

#[test]
fn a_list_in_every_format() {
    for format in ["table", "json", "ndjson", "csv", "tsv"] {
        let arguments = format!(
            "--sandbox offers list --max-id 3 --sort ascending --with caps,platforms --format {format}"
        );
        let ran = offerslook(&arguments).run();
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert_snapshot!(format!("offers_{format}"), ran.out);
        assert_eq!(ran.err, "offerslook: 3 offers; 1 call\n");
    }
}

/// Both transports, and pages of any size.
#[test]
fn a_list_is_complete_whatever_the_page_size() {
    let of = |rest: &str| {
        let arguments =
            format!("--sandbox --quota 1000/1 offers list --max-id 300 --fields id --format csv {rest}");
        let ran = offerslook(&arguments).run();
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        ran.out
    };
    let whole = of("");
    assert!(whole.lines().count() > 200);
    for rest in ["--page-size 50", "--page-size 7 --transport ureq", "--descriptions"] {
        assert_eq!(of(rest), whole, "{rest}");
    }
}

#[test]
fn filters_choose_offers() {
    let of = |filters: &str| {
        let ran = offerslook(&format!(
            "--sandbox --quota 1000/1 offers list --max-id 60 --format ndjson {filters}"
        ))
        .run();
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        ran.rows()
    };
    let all = of("").len();
    for (filter, name, value) in [
        ("--status active", "status", "active"),
        ("--currency USD", "currency", "USD"),
        ("--pricing-type CPI", "pricing_type", "CPI"),
        ("--approval public", "offer_approval", "public"),
        ("--conversion-protocol postback-url", "conversion_protocol", "postback_url"),
    ] {
        let rows = of(filter);
        assert!(!rows.is_empty() && rows.len() < all, "{filter}: {} of {all}", rows.len());
        assert!(rows.iter().all(|row| row[name] == value), "{filter}");
    }
    let others = of("--currency !USD");
    assert!(!others.is_empty() && others.iter().all(|row| row["currency"] != "USD"));
    assert_eq!(of("--currency !usd"), others);
    let here = of("--country AE");
    assert_eq!(of("--country ae"), here);
    let is_for = |row: &serde_json::Value| row["countries"].as_array().unwrap().contains(&"AE".into());
    assert!(!here.is_empty() && here.iter().all(is_for));
    assert!(of("--personal").len() < all);
}

/// Money keeps every digit.
#[test]
fn payouts_are_exact() {
    let ran = offerslook("--sandbox offers list --status active --fields id,name,payout --format csv").run();
    assert!(ran.out.starts_with("id,name,payout\n1,Offer 1,0.400\n2,Offer 2,1.250\n"), "{}", ran.out);
}

#[test]
fn links_of_listed_offers() {
    let ran = offerslook("--sandbox offers list --max-id 6 --with links --fields id,link --format csv").run();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_snapshot!(ran.out, @"
    id,link
    1,https://click.sandbox.example/index.php?offer_id=1&aff_id=40
    2,
    3,
    4,https://click.sandbox.example/index.php?offer_id=4&aff_id=40
    5,https://click.sandbox.example/index.php?offer_id=5&aff_id=40
    6,https://click.sandbox.example/index.php?offer_id=6&aff_id=40
    ");
}

#[test]
fn single_offers_with_all_their_parts() {
    let ran =
        offerslook("--sandbox offers show 16 --with caps,creatives,platforms,postbacks,links --format json")
            .run();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_snapshot!("offer_16", ran.out);
    let missing = offerslook("--sandbox offers show 16 4999999 --fields id --format csv").run();
    assert_eq!((missing.code, missing.out.as_str()), (Some(3), "id\n16\n"));
    assert!(
        missing.err.starts_with("offerslook: offer 4999999: the API answered HTTP 404"),
        "{}",
        missing.err
    );
}

/// A list that is not whole does not look like one.
#[test]
fn an_incomplete_list() {
    let service = Service::start(|call| {
        if call.number == 0 {
            let rows: Vec<_> = (1..=200).map(|id| format!(r#"{{"offer":{{"id":{id}}}}}"#)).collect();
            return ok(format!(
                r#"{{"code":0,"data":{{"rowset":[{}],"totalPages":2,"totalRows":300,"offset":1,"limit":200}}}}"#,
                rows.join(",")
            ));
        }
        failure(500, "Out of order")
    });
    let folder = crate::command::folder();
    let ran =
        service.offerslook("offers list --retries 0 --format csv -o offers.csv").within(folder.path()).run();
    assert_eq!(ran.code, Some(6));
    assert_snapshot!(ran.err, @"
    offerslook: the list is not complete (200 rows read): page 2 failed: the API answered HTTP 500, code 500: Out of order. Try again later: the service, or a proxy in front of it, is failing.
    offerslook: warning: the output is not complete, so it does not replace the file: its rows are in offers.csv.incomplete.
    offerslook: 200 offers; 2 calls
    ");
    assert!(!folder.path().join("offers.csv").exists());
    assert!(folder.path().join("offers.csv.incomplete").exists());
}

#[test]
fn nothing_listed() {
    for (format, out) in [("table", ""), ("json", "[]\n"), ("ndjson", ""), ("csv", "id\n"), ("tsv", "id\n")] {
        let ran =
            offerslook(&format!("--sandbox offers list --name nobody --fields id --format {format}")).run();
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), out), "{format}");
        assert!(ran.err.contains("0 offers; "), "{}", ran.err);
    }
}

#[test]
fn errors_without_a_row() {
    type Answer = fn() -> Reply;
    let answers: [(Answer, i32); 6] = [
        (|| failure(401, "No."), 4),
        (|| failure(403, "No."), 4),
        (|| failure(404, "No."), 5),
        (|| failure(429, "No."), 7),
        (|| failure(500, "No."), 6),
        (|| ok("<html>"), 8),
    ];
    for (answer, code) in answers {
        let service = Service::start(move |_| answer());
        for command in [
            "offers list",
            "offers show 16",
            "postbacks list",
            "postbacks show 5",
            "postbacks update 5 --code https://t.example/ --yes",
            "postbacks delete 5 --yes",
            "sub-affiliates",
            "links --all-approved",
            "api GET /aff/v1/offers",
            "api GET /aff/v1/offers --paginate",
        ] {
            // `api` makes one attempt, and takes no such option.
            let retries = if command.starts_with("api") { "" } else { "--retries 0" };
            let ran = service.offerslook(&format!("{retries} {command}")).run();
            assert_eq!(ran.code, Some(code), "{command}: {}", ran.err);
            assert!(ran.out.is_empty() || command == "api GET /aff/v1/offers", "{command}: {}", ran.out);
        }
    }
}

#[test]
fn mistakes() {
    let runs = [
        "--sandbox offers",
        "--sandbox offers lst",
        "--sandbox offers list --fields id,nonsense",
        "--sandbox offers list --with nonsense",
        "--sandbox offers list --approval sometimes",
        "--sandbox offers list --status !active",
        "--sandbox offers list --min-id 0",
        "--sandbox offers list --page-size 201",
        "--sandbox offers list 16",
        "--sandbox offers show",
        "--sandbox offers show x",
        "--sandbox links --all-approved 16",
        "--sandbox postbacks list --page-size 0",
        "--sandbox sub-affiliates --ids-per-request 5",
    ];
    assert_snapshot!(transcript(runs.map(|line| (line.to_owned(), offerslook(line).run()))));
}

#[test]
fn links_of_all_approved_offers() {
    let personal = offerslook(
        "--sandbox --quota 1000/1 offers list --personal --sort ascending --fields id --format csv",
    )
    .run();
    let links =
        offerslook("--sandbox --quota 1000/1 links --all-approved --fields offer_id --format csv").run();
    assert_eq!(links.code, Some(3), "{}", links.err);
    assert_eq!(links.out.replace("offer_id", "id"), personal.out);
}

#[test]
fn rules_on_sub_affiliates() {
    let ran = offerslook("--sandbox sub-affiliates --format csv").run();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), "offerslook: 4 rules; 1 call\n"));
    assert_snapshot!(ran.out, @"
    id,offer_id,type,value,list_type
    40,All Offers,aff_sub1,aff_sub1,whitelist
    39,All Offers,aff_sub5,aff_sub5,blacklist
    42,19650,aff_sub3,aff_sub3,whitelist
    37,526107,source_id,wqw,blacklist
    ");
}
