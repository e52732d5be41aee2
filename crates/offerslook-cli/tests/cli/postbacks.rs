use insta::assert_snapshot;
use offerslook_sandbox::{Sandbox, SandboxConfig};

use crate::command::{Ran, offerslook, transcript};

fn at(sandbox: &Sandbox, arguments: &str, code: &str) -> Ran {
    let run = offerslook(arguments).at(sandbox);
    if code.is_empty() { run.run() } else { run.arg("--code").arg(code).run() }
}

#[test]
fn a_list_in_every_format() {
    for format in ["table", "json", "ndjson", "csv", "tsv"] {
        let ran = offerslook(&format!("--sandbox postbacks list --format {format}")).run();
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), "offerslook: 5 postbacks; 1 call\n"));
        assert_snapshot!(format!("postbacks_{format}"), ran.out);
    }
}

#[test]
fn filters_choose_postbacks() {
    for (filter, ids) in [
        ("--offer 5", "49 51"),
        ("--status pending", "51 211"),
        ("--type image-pixel", "211"),
        ("--event 1", "51 210"),
        ("--all-offers", ""),
    ] {
        let ran = offerslook(&format!("--sandbox postbacks list --fields id --format csv {filter}")).run();
        assert_eq!(ran.out.lines().skip(1).collect::<Vec<_>>().join(" "), ids, "{filter}: {}", ran.err);
    }
}

/// From creation to deletion, against one service.
#[test]
fn the_life_of_a_postback() {
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let csv = "--fields id,offer_id,type,status,code --format csv -q";
    let created = at(
        &sandbox,
        &format!("postbacks create --offer 16 --type postback-url --yes {csv}"),
        "https://t.example/?c={aff_sub1}",
    );
    assert_eq!((created.code, created.err.as_str()), (Some(0), ""));
    assert_snapshot!(created.out, @"
    id,offer_id,type,status,code
    212,16,postback_url,pending,https://t.example/?c={aff_sub1}
    ");
    let changed =
        at(&sandbox, &format!("postbacks update 212 --yes {csv}"), "https://t.example/?c={aff_sub2}");
    assert_eq!((changed.code, changed.err.as_str()), (Some(0), ""));
    assert!(changed.out.contains("aff_sub2"), "{}", changed.out);
    assert_eq!(at(&sandbox, &format!("postbacks show 212 {csv}"), "").out, changed.out);
    let deleted = at(&sandbox, "postbacks delete 212 --yes --format csv -q", "");
    assert_eq!((deleted.code, deleted.out.as_str()), (Some(0), "id,status\n212,deleted\n"));
    let gone = at(&sandbox, "postbacks show 212 --format csv", "");
    assert_eq!((gone.code, gone.out.as_str()), (Some(5), ""));
    let some = at(&sandbox, "postbacks show 212 47 --fields id --format csv", "");
    assert_eq!((some.code, some.out.as_str()), (Some(3), "id\n47\n"), "{}", some.err);
}

/// Without a yes, and in a dry run, nothing is sent.
#[test]
fn a_change_needs_a_yes() {
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    for arguments in
        ["postbacks delete 51", "postbacks update 51", "postbacks create --all-offers --type html-pixel"]
    {
        let code = if arguments.contains("delete") { "" } else { "https://t.example/" };
        let refused = at(&sandbox, arguments, code);
        assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""), "{arguments}");
        assert!(refused.err.contains("--yes"), "{}", refused.err);
        let dry = at(&sandbox, &format!("{arguments} --dry-run"), code);
        assert_eq!((dry.code, dry.err.as_str()), (Some(0), ""), "{arguments}");
        assert!(dry.out.contains("authorization: Basic [redacted]"), "{}", dry.out);
    }
    assert_eq!(sandbox.arrivals().total, 0);
}

#[test]
fn mistakes() {
    let runs = [
        "--sandbox postbacks show",
        "--sandbox postbacks show x",
        "--sandbox postbacks show 0",
        "--sandbox postbacks create --offer 16 --type postback-url",
        "--sandbox postbacks create --type postback-url --code https://t.example/",
        "--sandbox postbacks create --offer 16 --all-offers --type postback-url --code https://t.example/",
        "--sandbox postbacks create --offer 16 --type nonsense --code https://t.example/",
        "--sandbox postbacks create --offer 16 --type postback-url --code nonsense",
        "--sandbox postbacks create --offer 16 --type postback-url --code https://t.example/?{nonsense} --yes",
        "--sandbox postbacks delete 51 --yes --dry-run",
    ];
    assert_snapshot!(transcript(runs.map(|line| (line.to_owned(), offerslook(line).run()))));
}
