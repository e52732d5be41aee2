//! The chores in a small workspace of their own.

use std::fs;

use tempfile::TempDir;
use xshell::Shell;

use super::{
    check,
    place::Place,
    scaffold::{Scaffold, Shape},
    source::Source,
    spec::{Payload, Verb},
    sync,
    template::Template,
    tree::Folder,
};

const AFFILIATE: &str = "crates/offerslook-core/src/affiliate";
const SNAPSHOTS: &str = "crates/offerslook-core/tests/core/snapshots";
const FIXTURES: &str = "crates/offerslook-core/tests/fixtures";

const CAPS: &str = r#"//! `GET /aff/v1/offers/{offer_id}/caps`

/// The cap.
pub struct GetOfferCaps<'a>(&'a str);

impl Endpoint for GetOfferCaps<'_> {
    const SPEC: Spec = Spec::get("offer_caps", "/aff/v1/offers/{offer_id}/caps", Payload::Object("offer_cap"));
    type Output = Cap;
}

integer_enum! {
    /// What is counted.
    pub enum CapType {
        None = 0,
    }
}

pub(crate) struct Hidden;
"#;

const REMOVE: &str = r#"//! `DELETE /aff/v1/offers/{offer_id}`
pub struct RemoveOffer;
impl crate::endpoint::Endpoint for RemoveOffer {
    const SPEC: Spec =
        Spec::new("remove_offer", Verb::Delete, "/aff/v1/offers/{offer_id}", Payload::Nothing).idempotent();
}
impl Batched for RemoveOffer {}
impl Paged for Other {}
"#;

struct Workspace {
    folder: TempDir,
    shell: Shell,
}

impl Workspace {
    /// One group with two endpoints, and a folder of rows; nothing is derived yet.
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let shell = Shell::new().unwrap();
        shell.change_dir(folder.path());
        let workspace = Self { folder, shell };
        for (path, text) in [
            ("mod.rs", "//! All of them.\n//!\n//! And more.\n"),
            ("offers/mod.rs", "//! Offers.\n\nmod caps;\npub use caps::GetOfferCaps;\n"),
            ("offers/caps.rs", CAPS),
            ("offers/remove.rs", REMOVE),
            ("offers/row/mod.rs", "//! Rows.\n\nmod cap;\n\npub use cap::{Cap, Limit as Most};\n"),
            ("offers/row/cap.rs", "pub struct Cap;\npub struct Limit;\n"),
        ] {
            workspace.write(&format!("{AFFILIATE}/{path}"), text);
        }
        for snapshot in
            ["core__offers__offer_caps_request", "offer_caps_answer", "core__offers__remove_offer_request"]
        {
            workspace.write(&format!("{SNAPSHOTS}/{snapshot}.snap"), "");
        }
        workspace
    }

    fn write(&self, path: &str, text: &str) {
        self.shell.write_file(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        self.shell.read_file(path).unwrap()
    }

    fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replace(from, to));
    }

    fn sync(&self) {
        sync::run(&self.shell).unwrap();
    }

    /// What `check` complains of.
    fn faults(&self) -> String {
        check::run(&self.shell).map_or_else(|error| format!("{error:#}"), |()| String::new())
    }

    fn is_free(&self, place: &str) -> Result<(), String> {
        let place: Place = place.parse().unwrap();
        let endpoints = Folder::read(self.folder.path()).unwrap();
        place.ensure_free(self.folder.path(), &endpoints).map_err(|error| error.to_string())
    }
}

#[test]
fn what_registers_endpoints_is_derived_and_what_documents_them_is_kept() {
    let workspace = Workspace::new();
    workspace.sync();
    assert_eq!(
        workspace.read(&format!("{AFFILIATE}/offers/mod.rs")),
        "\
//! Offers.

// What follows is derived: `cargo xtask endpoint sync` writes it.
mod caps;
mod remove;
mod row;

pub use caps::{CapType, GetOfferCaps};
pub use remove::RemoveOffer;
pub use row::{Cap, Most};
"
    );
    assert_eq!(
        workspace.read(&format!("{AFFILIATE}/mod.rs")),
        "\
//! All of them.
//!
//! And more.

// What follows is derived: `cargo xtask endpoint sync` writes it.
pub mod offers;

use crate::endpoint::{Endpoint, Spec};

/// The facts of every endpoint. Being a constant, it does not compile with a bad one in it.
pub const ENDPOINTS: &[Spec] = &[offers::GetOfferCaps::SPEC, offers::RemoveOffer::SPEC];
"
    );
    let page = workspace.read("docs/src/endpoints.md");
    let rows: Vec<_> = page.lines().filter(|line| line.starts_with("| [")).collect();
    assert_eq!(
        rows,
        [
            "| [offers/caps.rs](../../crates/offerslook-core/src/affiliate/offers/caps.rs) | GET | \
             `/aff/v1/offers/{offer_id}/caps` | `offer_cap`, an object | yes |  |",
            "| [offers/remove.rs](../../crates/offerslook-core/src/affiliate/offers/remove.rs) | DELETE | \
             `/aff/v1/offers/{offer_id}` | none: not read | yes | batches |",
        ]
    );
}

#[test]
fn what_is_derived_stays_as_it_is_when_derived_again() {
    let workspace = Workspace::new();
    workspace.sync();
    assert_eq!(workspace.faults(), "");
    let before = workspace.read(&format!("{AFFILIATE}/offers/mod.rs"));
    workspace.sync();
    assert_eq!(workspace.read(&format!("{AFFILIATE}/offers/mod.rs")), before);
    assert_eq!(workspace.read(&format!("{AFFILIATE}/offers/row/mod.rs")).lines().next(), Some("//! Rows."));
}

#[test]
fn nothing_written_by_hand_gets_lost() {
    let workspace = Workspace::new();
    let path = format!("{AFFILIATE}/offers/mod.rs");
    workspace.replace(&path, "mod caps;", "mod caps;\npub fn by_hand() {}");
    let error = sync::run(&workspace.shell).unwrap_err().to_string();
    assert!(error.contains("offers/mod.rs holds more than the names of modules"), "{error}");
    assert!(workspace.read(&path).contains("by_hand"));
}

#[test]
fn check_tells_what_is_wrong() {
    type Breakage = fn(&Workspace);
    let breakages: [(Breakage, &str); 9] = [
        (
            |workspace| workspace.write(&format!("{AFFILIATE}/offers/new.rs"), "pub struct New;"),
            "offers/mod.rs does not register new: run `cargo xtask endpoint sync`",
        ),
        (
            |workspace| workspace.write(&format!("{AFFILIATE}/offers/row/new.rs"), "pub struct New;"),
            "offers/row/mod.rs does not register new: name it there",
        ),
        (
            |workspace| workspace.write("docs/src/endpoints.md", "# Endpoints"),
            "docs/src/endpoints.md is out of date",
        ),
        (
            |workspace| workspace.replace(&format!("{AFFILIATE}/mod.rs"), "offers::RemoveOffer::SPEC", ""),
            "affiliate/mod.rs is out of date",
        ),
        (
            |workspace| workspace.replace(&format!("{AFFILIATE}/offers/caps.rs"), "//! `GET", "//! `PUT"),
            "its first line has to be //! `GET /aff/v1/offers/{offer_id}/caps`",
        ),
        (
            |workspace| remove(workspace, "core__offers__offer_caps_request"),
            "no test of it made crates/offerslook-core/tests/core/snapshots/offer_caps_request.snap",
        ),
        (
            |workspace| remove(workspace, "offer_caps_answer"),
            "no test of it made crates/offerslook-core/tests/core/snapshots/offer_caps_answer.snap",
        ),
        (
            |workspace| {
                workspace.replace(&format!("{AFFILIATE}/offers/remove.rs"), "remove_offer", "offer_caps");
            },
            "caps.rs and crates/offerslook-core/src/affiliate/offers/remove.rs: both are named offer_caps",
        ),
        (
            |workspace| {
                workspace.replace(&format!("{AFFILIATE}/offers/caps.rs"), "\"offer_caps\"", "NAME");
            },
            "offers/caps.rs: the SPEC of GetOfferCaps: it is not in a form that can be read",
        ),
    ];
    for (break_it, told) in breakages {
        let workspace = Workspace::new();
        workspace.sync();
        break_it(&workspace);
        let faults = workspace.faults();
        assert!(faults.contains(told), "{faults}\nlacks\n{told}");
    }
}

fn remove(workspace: &Workspace, snapshot: &str) {
    fs::remove_file(workspace.folder.path().join(SNAPSHOTS).join(format!("{snapshot}.snap"))).unwrap();
}

#[test]
fn a_new_endpoint_takes_no_name_that_is_taken() {
    let workspace = Workspace::new();
    workspace.sync();
    workspace.write(&format!("{FIXTURES}/used.json"), "");
    assert_eq!(workspace.is_free("affiliate/offers/get_things"), Ok(()));
    assert_eq!(workspace.is_free("affiliate/reports/daily/get_things"), Ok(()));
    for (place, told) in [
        ("affiliate/offers/caps", "offers/caps.rs is there already"),
        ("affiliate/offers/row", "offers/row is there already"),
        ("affiliate/reports/used", "fixtures/used.json is there already"),
        ("affiliate/reports/offer_caps", "snapshots/offer_caps_answer.snap is there already"),
        ("affiliate/reports/remove_offer", "offers/remove.rs holds an endpoint remove_offer already"),
        ("affiliate/offers/cap_type", "affiliate/offers has a CapType already"),
        ("affiliate/offers/most", "affiliate/offers has a Most already"),
        ("affiliate/reports/endpoint", "Endpoint is what every endpoint has for something else"),
        ("affiliate/offers/row/get_things", "offers/row holds no endpoints, and keeps its own mod.rs"),
    ] {
        let error = workspace.is_free(place).unwrap_err();
        assert!(error.contains(told), "{error}\nlacks\n{told}");
    }
}

#[test]
fn a_place_is_a_group_and_a_name() {
    for text in [
        "get_things",
        "affiliate/get_things",
        "offers/get_things",
        "affiliate/offers/",
        "affiliate//get_things",
        "affiliate/../get_things",
        "affiliate/offers/GetThings",
        "affiliate/offers/get-things",
        "affiliate/offers/2nd",
        "affiliate/offers/_things",
        "affiliate/offers/mod",
        "affiliate/offers/type",
        "affiliate/offers/get_things.rs",
    ] {
        assert!(text.parse::<Place>().is_err(), "{text}");
    }
}

#[test]
fn a_template_is_made_of_segments_and_placeholders() {
    for text in [
        "",
        "/",
        "aff",
        "/aff/",
        "//aff",
        "/aff/{offer_id",
        "/aff/offer_id}",
        "/aff/{}",
        "/aff/x{offer_id}",
        "/aff/{type}",
        "/aff/{2nd}",
        "/aff/{a}/{a}",
        "/Aff",
        "/aff?x=1",
        "/aff\"",
    ] {
        assert!(text.parse::<Template>().is_err(), "{text}");
    }
}

#[test]
fn what_is_written_for_an_endpoint_is_read_again() {
    let shell = Shell::new().unwrap();
    let templates =
        ["/aff/v1/things", "/aff/v1/offers/{offer_id}/things", "/aff/v1/{offer_ids}/{kind}/{offer_id}"];
    for (verb, name) in
        [(Verb::Get, "GET"), (Verb::Post, "POST"), (Verb::Put, "PUT"), (Verb::Delete, "DELETE")]
    {
        for path in templates {
            for shape in [Shape::Object, Shape::List] {
                let place = "affiliate/offers/get_things".parse().unwrap();
                let template = path.parse().unwrap();
                let scaffold = Scaffold { place, verb, template, key: "things".to_owned(), shape };
                let source = Source::parse(&sync::formatted(&shell, &scaffold.source()).unwrap()).unwrap();
                assert_eq!(source.first_line, format!("`{name} {path}`"));
                assert_eq!(source.names, ["GetThings", "GetThingsRow"]);
                let endpoint = source.endpoint.unwrap();
                assert_eq!(endpoint.type_name, "GetThings");
                assert_eq!(endpoint.spec.name, "get_things");
                assert_eq!((endpoint.spec.verb == verb, endpoint.spec.path.as_str()), (true, path));
                assert_eq!(endpoint.spec.idempotent, verb == Verb::Get);
                let (Payload::Object(key) | Payload::List(key)) = endpoint.spec.payload else { panic!() };
                assert_eq!(key, "things");
            }
        }
    }
}

#[test]
fn a_file_holds_one_endpoint() {
    let two = format!("{CAPS}{}", REMOVE.replace("//!", "//"));
    let error = Source::parse(&two).err().unwrap().to_string();
    assert!(error.contains("it holds two endpoints"), "{error}");
}
