//! The tasks in a small workspace of their own.

use std::collections::BTreeSet;

use tempfile::TempDir;
use xshell::Shell;

use super::place::{Place, placeholders};
use super::{check, new, scaffold::Scaffold, source::Source, sync, tree::Tree};

const CORE: &str = "crates/offerslook-core";
const CAPS: &str = r#"//! `GET /aff/v1/offers/{offer_id}/caps`

pub struct GetCaps<'a>(&'a str);
impl Endpoint for GetCaps<'_> {
    const SPEC: Spec = Spec::get("get_caps", "/aff/v1/offers/{offer_id}/caps", Payload::Object("offer_cap"));
}
integer_enum! { pub enum CapType { None = 0 } }
macro_rules! define { ($name:ident) => { pub struct $name; } }
pub(crate) struct Hidden;
"#;
const DELETE: &str = r#"//! `DELETE /aff/v1/offers/{offer_id}`
pub struct DeleteOffer;
impl Batched for DeleteOffer {}
impl Paged for Other {}
impl crate::endpoint::Endpoint for DeleteOffer {
    const SPEC: Spec = Spec::new("delete_offer", Verb::Delete, "/aff/v1/offers/{offer_id}", Payload::Nothing)
        .idempotent();
}
"#;

/// One group with two endpoints and a folder of rows, in sync.
fn workspace() -> (TempDir, Shell) {
    let (folder, shell) = (TempDir::new().unwrap(), Shell::new().unwrap());
    shell.change_dir(folder.path());
    for (path, text) in [
        ("src/affiliate/mod.rs", "//! All of them.\n//!\n//! And more.\n"),
        ("src/affiliate/offers/get_caps.rs", CAPS),
        ("src/affiliate/offers/delete_offer.rs", DELETE),
        ("src/affiliate/offers/row/mod.rs", "//! Rows.\nmod cap;\npub use cap::{Cap, Limit as Most};\n"),
        ("src/affiliate/offers/row/cap.rs", "pub struct Cap;\npub struct Limit;\n"),
        ("tests/fixtures/get_caps.json", r#"{ "data": { "offer_cap": {} } }"#),
    ] {
        shell.write_file(format!("{CORE}/{path}"), text).unwrap();
    }
    sync::run(&shell).unwrap();
    (folder, shell)
}

fn tree(shell: &Shell) -> Tree {
    Tree::read(&shell.current_dir()).unwrap()
}

#[test]
fn sync_derives_modules_the_table_and_the_page() {
    let (_folder, shell) = workspace();
    let read = |path: &str| shell.read_file(path).unwrap();
    let derived = "// `cargo xtask endpoint sync` derives what follows.";
    assert_eq!(
        read(&format!("{CORE}/src/affiliate/offers/mod.rs")),
        format!(
            "//! The endpoints of `offers`.\n\n{derived}\nmod delete_offer;\nmod get_caps;\nmod row;\n\n\
             pub use delete_offer::DeleteOffer;\npub use get_caps::{{CapType, GetCaps}};\npub use row::{{Cap, Most}};\n"
        )
    );
    let root = read(&format!("{CORE}/src/affiliate/mod.rs"));
    assert!(
        root.starts_with(&format!("//! All of them.\n//!\n//! And more.\n\n{derived}\npub mod offers;\n"))
    );
    assert!(root.contains("&[offers::DeleteOffer::SPEC, offers::GetCaps::SPEC];"), "{root}");
    let page = read("docs/src/endpoints.md");
    assert!(
        page.contains(") | DELETE | `/aff/v1/offers/{offer_id}` | Nothing | yes | batches |\n"),
        "{page}"
    );
    assert!(page.ends_with(") | GET | `/aff/v1/offers/{offer_id}/caps` | Object `offer_cap` | yes |  |\n"));
    assert_eq!(check::faults(&shell, &tree(&shell)), [""; 0]);
}

#[test]
fn check_names_the_culprit() {
    for (file, from, to, fault) in [
        (
            "get_caps",
            "//! `GET",
            "//! `PUT",
            "its first line is not //! `GET /aff/v1/offers/{offer_id}/caps`",
        ),
        ("get_caps", "{offer_id}", "{offerId}", "`{offerId}` is not snake case: write `{offer_id}`"),
        ("get_caps", "{offer_id}", "{offer_id", "`{offer_id` is not a placeholder: write `{offer_id}`"),
        ("get_caps", "cap\"", "caps\"", "the fixture has `offer_cap`, SPEC reads `offer_caps`"),
        ("get_caps", "GetCaps", "Caps", "the file is `get_caps`, the type `Caps`, SPEC `get_caps`"),
        ("get_caps", "\"get_caps\"", "\"caps\"", "`caps` does not begin with a verb"),
        ("get_caps", "CapType", "Cap", "offers/get_caps.rs, offers/row/cap.rs: each defines `Cap`"),
        ("delete_offer", "Nothing", "Whole", "endpoints.md: run `cargo xtask endpoint sync`"),
        ("mod", "mod row;", "mod row;\nfn by_hand() {}", "offers/mod.rs holds more than"),
        ("row/mod", "mod cap;", "", "offers/row/mod.rs: `mod cap;` is missing"),
    ] {
        let (_folder, shell) = workspace();
        let path = format!("{CORE}/src/affiliate/offers/{file}.rs");
        let text = shell.read_file(&path).unwrap();
        assert!(text.contains(from), "{path} has no {from}");
        shell.write_file(path, text.replace(from, to)).unwrap();
        let faults = check::faults(&shell, &tree(&shell)).join("\n");
        assert!(faults.contains(fault), "{faults}\nlacks\n{fault}");
    }
    let compared = ["get_caps_request.snap", "delete_offer_request.snap"].map(str::to_owned);
    let untested = check::untested(&tree(&workspace().1), &BTreeSet::from(compared));
    assert_eq!(untested, ["offers/get_caps.rs: no test compares get_caps_answer.snap"]);
    let error = |text: &str| format!("{:#}", Source::parse(text).err().unwrap());
    assert!(error(&CAPS.replace("\"get_caps\"", "NAME")).contains("SPEC has NAME instead of a literal"));
    assert!(error(&format!("{CAPS}{}", DELETE.replace("//!", "//"))).contains("it holds two endpoints"));
}

#[test]
fn a_new_endpoint_is_what_was_asked_for() {
    for (method, path, object) in [
        ("GET", "/aff/v1/things", true),
        ("DELETE", "/aff/v1/offers/{offer_id}/things", false),
        ("POST", "/aff/v1/{offer_ids}/{kind}", false),
    ] {
        let (place, key) = ("offers/get_things".parse().unwrap(), "things".to_owned());
        let scaffold = Scaffold { place, method: method.to_owned(), path: path.to_owned(), key, object };
        let source = sync::formatted(&Shell::new().unwrap(), &scaffold.source().unwrap()).unwrap();
        let source = Source::parse(&source).unwrap();
        assert_eq!(source.docs, [format!("//! `{method} {path}`")]);
        assert_eq!(source.names, ["GetThings", "GetThingsRow"]);
        let endpoint = source.endpoint.unwrap();
        assert_eq!((endpoint.name.as_str(), endpoint.path.as_str()), ("get_things", path));
        assert_eq!((endpoint.method.as_str(), endpoint.payload == "Object"), (method, object));
    }
}

#[test]
fn a_new_endpoint_takes_no_name_that_is_taken_or_bad() {
    let (_folder, shell) = workspace();
    for (place, fault) in [
        ("reports/daily/get_things", ""),
        ("offers/get_caps", "offers/get_caps.rs exists already"),
        ("offers/row/get_things", "offers/row holds no endpoints"),
        ("get_things", "write GROUP/NAME"),
        ("offers/../get_things", "`..` cannot name a module"),
        ("offers/get_Things", "`get_Things` cannot name a module"),
        ("type/get_things", "`type` cannot name a module"),
        ("offers/things", "`things` does not begin with a verb"),
    ] {
        let free = place.parse::<Place>().and_then(|place| new::ensure_free(&shell, &tree(&shell), &place));
        let told = free.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(told.contains(fault) && told.is_empty() == fault.is_empty(), "{place}: {told}");
    }
    for path in ["", "/", "aff", "/aff/", "//aff", "/{}", "/x{id}", "/{type}", "/{a}/{a}", "/Aff", "/aff?x"] {
        assert!(placeholders(path).is_err(), "{path}");
    }
}
