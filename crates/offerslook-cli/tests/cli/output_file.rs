use std::{fs, path::Path};

use crate::{
    command::{folder, offerslook},
    service::{Service, failure},
};

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_holds_what_standard_output_would() {
    let folder = folder();
    for format in ["table", "json", "ndjson", "csv", "tsv"] {
        let arguments = format!("--sandbox links 16 3 102 -q --format {format}");
        let shown = offerslook(&arguments).run();
        let ran = offerslook(&format!("{arguments} -o links")).within(folder.path()).run();
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(3), "", ""));
        assert_eq!(fs::read_to_string(folder.path().join("links")).unwrap(), shown.out);
    }
    assert_eq!(names(folder.path()), ["links"]);
}

#[test]
fn a_dash_is_standard_output() {
    let folder = folder();
    let ran = offerslook("--sandbox links 16 -q --format csv -o -").within(folder.path()).run();
    assert!(ran.out.starts_with("offer_id,"));
    assert!(names(folder.path()).is_empty());
}

/// Where there are no rows, the file of the last run stays.
#[test]
fn a_failure_leaves_the_file_as_it_was() {
    let service = Service::start(|_| failure(401, "Unknown key."));
    let folder = folder();
    fs::write(folder.path().join("links.csv"), "of yesterday").unwrap();
    let arguments = format!("{} links 16 -o links.csv --format csv", service.account());
    let ran = offerslook(&arguments).within(folder.path()).run();
    assert_eq!(ran.code, Some(4));
    assert_eq!(fs::read_to_string(folder.path().join("links.csv")).unwrap(), "of yesterday");
    assert_eq!(names(folder.path()), ["links.csv"]);
}

#[cfg(unix)]
#[test]
fn permissions_links_and_devices_are_respected() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let write = |name: &str| {
        offerslook(&format!("--sandbox links 16 -q --format csv -o {name}")).within(folder.path()).run()
    };
    fs::write(path("mine.csv"), "").unwrap();
    fs::set_permissions(path("mine.csv"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("mine.csv", path("link.csv")).unwrap();
    assert_eq!(write("link.csv").code, Some(0));
    assert!(fs::symlink_metadata(path("link.csv")).unwrap().is_symlink());
    assert!(fs::read_to_string(path("mine.csv")).unwrap().starts_with("offer_id,"));
    assert_eq!(fs::metadata(path("mine.csv")).unwrap().permissions().mode() & 0o777, 0o640);

    fs::write(path("kept.csv"), "kept").unwrap();
    fs::set_permissions(path("kept.csv"), fs::Permissions::from_mode(0o444)).unwrap();
    let ran = write("kept.csv");
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (
            Some(1),
            "offerslook: cannot write kept.csv: permission denied. Check the path, its permissions and the free space.\n"
        )
    );
    assert_eq!(fs::read_to_string(path("kept.csv")).unwrap(), "kept");

    assert_eq!(write("/dev/null").code, Some(0));
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}
