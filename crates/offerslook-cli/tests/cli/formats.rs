use insta::assert_snapshot;
use offerslook_sandbox::{OfferKind, Sandbox, SandboxConfig};
use serde_json::{Value, json};

use crate::{
    command::{ids_to, offerslook},
    service::{Reply, Service, failure, link, ok, rows},
};

/// The documented answer, row for row.
#[test]
fn the_documented_offers() {
    let of = |transport| offerslook("--sandbox links 16,102 --format json --transport").arg(transport).run();
    let (hyper, ureq) = (of("hyper"), of("ureq"));
    assert_eq!((hyper.code, ureq.code), (Some(0), Some(0)));
    assert_eq!(hyper.out, ureq.out);
    assert_eq!(hyper.err, ureq.err);

    let fixture = include_str!("../../../offerslook-core/tests/fixtures/get_tracking_links.json");
    let mut documented = serde_json::from_str::<Value>(fixture).unwrap()["data"]["tracking_link"].take();
    for row in documented.as_array_mut().unwrap() {
        row["status"] = json!("found");
    }
    assert_eq!(serde_json::from_str::<Value>(&hyper.out).unwrap(), documented);
    assert_snapshot!(hyper.err, @"offerslook: 2 ids: 2 found; 1 call");
}

/// A service that knows every way to treat an id: 3 is refused, 4 absent, 5 unapproved, 6 has no pixel, and
/// what is asked for together with 7 fails.
fn moody() -> Service {
    Service::start(|call| {
        if call.ids.contains(&7) {
            return failure(500, "Out of order");
        }
        if call.ids.contains(&3) {
            return failure(400, "Offer 3 is \\\"special\\\", and\\tso on");
        }
        rows(call.ids.iter().filter(|id| **id != 4).map(|id| match id {
            5 => r#"{"offer_id":5,"url":"Need to apply","impression_pixel":null}"#.to_owned(),
            6 => r#"{"offer_id":6,"url":"https://click.example/?offer_id=6&sub=%7Ba%7D"}"#.to_owned(),
            id => link(*id),
        }))
    })
}

#[test]
fn every_status_in_every_format() {
    let service = moody();
    for format in ["table", "json", "ndjson", "csv", "tsv"] {
        for transport in ["hyper", "ureq"] {
            let ran = service.offerslook(&format!("--transport {transport} --retries 0 --max-in-flight 1 --ids-per-request 1 links 1 3,4 5 6 7 --format {format}")).run();
            assert_snapshot!(format!("statuses_{format}"), ran.out);
            assert_snapshot!("statuses_stderr", ran.err);
            assert_eq!(ran.code, Some(6));
        }
    }
}

#[test]
fn colours_show_only_where_they_are_wanted() {
    let of = |colours: &str| offerslook("--sandbox links 16 3 --color").arg(colours).run();
    assert_eq!(of("auto").out, of("never").out);
    assert!(of("always").out.contains("\u{1b}["));
    assert!(!of("never").out.contains('\u{1b}'));
    let failing = |colours: &str| offerslook("links 16 --color").arg(colours).run().err;
    assert!(failing("always").starts_with("\u{1b}["));
    assert!(failing("auto").starts_with("offerslook: "));
}

/// Machine formats are not touched by colours, and a terminal cannot be tampered with by a table.
#[test]
fn a_table_has_no_control_characters_of_others() {
    let service = Service::start(|_| {
        ok(
            r#"{"code":0,"data":{"tracking_link":[{"offer_id":16,"url":"https://a.example/","impression_pixel":"<img\u001b[2J\n>"}]}}"#,
        )
    });
    let of = |rest: &str| service.offerslook(&format!("links 16 {rest}")).run().out;
    assert!(!of("--format table").contains('\u{1b}'));
    assert_eq!(
        of("--format ndjson --color always"),
        "{\"offer_id\":16,\"status\":\"found\",\"url\":\"https://a.example/\",\"impression_pixel\":\"<img\\u001b[2J\\n>\"}\n"
    );
    assert_eq!(
        of("--format csv"),
        "offer_id,status,url,impression_pixel,error\n16,found,https://a.example/,\"<img\u{1b}[2J\n>\",\n"
    );
}

/// What the stand-in holds is what comes out, for thousands of ids from standard input.
#[test]
fn five_thousand_ids() {
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let ran = offerslook("--sandbox --quota 1000/1 links --from - --format ndjson").input(ids_to(5000)).run();
    assert_eq!(ran.code, Some(3));
    let rows = ran.rows();
    assert_eq!(rows.len(), 5000);
    for (row, id) in rows.iter().zip(1_u64..) {
        let status = match sandbox.offer_kind(id) {
            Some(OfferKind::Approved | OfferKind::Public) => "found",
            Some(OfferKind::NotApproved) => "unapproved",
            _ => "absent",
        };
        assert_eq!((row["offer_id"].as_u64(), row["status"].as_str()), (Some(id), Some(status)));
        assert_eq!(row["url"].is_string(), status == "found");
    }
    let blocking = offerslook("--sandbox --quota 1000/1 --transport ureq links --from - --format ndjson");
    assert!(blocking.input(ids_to(5000)).run().out == ran.out, "the transports differ");

    // How many calls it takes depends on the order of their answers.
    let summary = ran.err.lines().last().unwrap();
    assert!(
        summary.starts_with("offerslook: 5000 ids: 3497 found, 1017 unapproved, 486 absent; "),
        "{summary}"
    );
}

/// A cell of any size stays on its line, in every format.
#[test]
fn a_huge_cell_is_one_line() {
    let service = Service::start(|_| {
        let url = format!("https://click.example/?{}", "x".repeat(70_000));
        rows([format!(r#"{{"offer_id":16,"url":"{url}"}}"#)])
    });
    for (format, lines) in [("table", 2), ("ndjson", 1), ("csv", 2), ("tsv", 2)] {
        let ran = service.offerslook(&format!("links 16 --format {format}")).run();
        assert_eq!(ran.out.lines().count(), lines, "{format}");
        assert_eq!(ran.out.contains(&"x".repeat(70_000)), format != "table", "{format}");
    }
}

/// A spreadsheet does not run what the service sends, and a row of TSV is a line.
#[test]
fn formulas_and_line_breaks() {
    let service = Service::start(|_| {
        Reply::Body(
            200,
            "{\"code\":0,\"data\":{\"tracking_link\":[\
            {\"offer_id\":1,\"url\":\"https://a.example/\",\"impression_pixel\":\"=HYPERLINK(\\\"x\\\")\"},\
            {\"offer_id\":2,\"url\":\"https://a.example/\",\"impression_pixel\":\"+1\"},\
            {\"offer_id\":3,\"url\":\"https://a.example/\",\"impression_pixel\":\"-1\"},\
            {\"offer_id\":4,\"url\":\"https://a.example/\",\"impression_pixel\":\"@x\"},\
            {\"offer_id\":5,\"url\":\"https://a.example/\",\"impression_pixel\":\"a\\tb\\r\\nc\"}]}}"
                .to_owned(),
        )
    });
    let of = |rest: &str| {
        service.offerslook(&format!("links 1 2 3 4 5 --fields impression_pixel {rest}")).run().out
    };
    assert_eq!(
        of("--format csv"),
        "impression_pixel\n\"'=HYPERLINK(\"\"x\"\")\"\n'+1\n'-1\n'@x\n\"a\tb\r\nc\"\n"
    );
    assert_eq!(
        of("--format csv --no-formula-guard"),
        "impression_pixel\n\"=HYPERLINK(\"\"x\"\")\"\n+1\n-1\n@x\n\"a\tb\r\nc\"\n"
    );
    assert_eq!(of("--format tsv"), "impression_pixel\n=HYPERLINK(\"x\")\n+1\n-1\n@x\na b  c\n");
}

#[test]
fn fields_choose_columns_in_their_order() {
    for (format, expected) in [
        ("table", "status  offer_id\nfound   16\nabsent  4999999\n"),
        ("csv", "status,offer_id\nfound,16\nabsent,4999999\n"),
        ("tsv", "status\toffer_id\nfound\t16\nabsent\t4999999\n"),
        ("ndjson", "{\"status\":\"found\",\"offer_id\":16}\n{\"status\":\"absent\",\"offer_id\":4999999}\n"),
        (
            "json",
            "[\n  {\"status\":\"found\",\"offer_id\":16},\n  {\"status\":\"absent\",\"offer_id\":4999999}\n]\n",
        ),
    ] {
        let arguments = format!("--sandbox links 16 4999999 --fields status,offer_id --format {format}");
        assert_eq!(offerslook(&arguments).run().out, expected);
    }
    let ran = offerslook("--sandbox links 16 --fields id").run();
    assert_snapshot!(ran.without_rows(), @r#"
    exit 2
    offerslook: --fields: there is no column "id". The columns are offer_id, status, url, impression_pixel, error.
    "#);
}

/// A cell as a format without types has it; `None` for lists and objects, which each format writes in its own way.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The same rows, whatever the format.
#[test]
fn every_command_that_lists_in_every_format() {
    for command in [
        "links 16 3 4999999",
        "offers list --max-id 5 --with caps,links",
        "offers show 16 1 --with platforms",
        "apply 16 2 --yes",
        "postbacks list",
        "postbacks show 49 51",
        "postbacks delete 49 51 --yes",
        "sub-affiliates",
        "auth status",
        "doctor --fields check,status",
    ] {
        let of = |format| {
            let ran =
                offerslook(&format!("--sandbox {command} -q --no-formula-guard --format {format}")).run();
            assert!(matches!(ran.code, Some(0 | 3)), "{command}: {}", ran.err);
            ran
        };
        let rows = of("ndjson").rows();
        assert!(rows.len() > 1, "{command}");
        assert_eq!(serde_json::from_str::<Value>(&of("json").out).unwrap(), json!(rows), "{command}");
        for (format, delimiter) in [("csv", b','), ("tsv", b'\t')] {
            let text = of(format).out;
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .quoting(format == "csv")
                .from_reader(text.as_bytes());
            let header = reader.headers().unwrap().clone();
            let records: Vec<_> = reader.records().map(Result::unwrap).collect();
            assert_eq!(records.len(), rows.len(), "{command} {format}");
            for (record, row) in records.iter().zip(&rows) {
                assert!(row.as_object().unwrap().keys().all(|key| header.iter().any(|name| name == key)));
                for (name, cell) in header.iter().zip(record) {
                    assert!(as_text(&row[name]).is_none_or(|text| text == cell), "{command} {format}: {row}");
                }
            }
        }
        let table = of("table").out;
        assert_eq!(table.lines().count(), rows.len() + 1, "{command}: {table}");
        assert!(table.lines().all(|line| line.trim_end() == line), "{command}: {table}");
    }
}
