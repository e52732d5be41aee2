use std::{fs, path::Path};

use offerslook_sandbox::{Certificate, Sandbox, SandboxConfig};

use crate::{
    command::{folder, offerslook, write_key},
    service::{Reply, Service, failure, found},
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
    let ran = service.offerslook("links 16 -o links.csv --format csv").within(folder.path()).run();
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

/// A run that ends early leaves the file, and its rows stand beside it.
#[test]
fn only_a_complete_run_replaces_the_file() {
    type Answer = fn(&crate::service::Call) -> Reply;
    let endings: [(&str, Answer, &str, i32); 2] = [
        ("a revoked key", |_| failure(401, "Unknown key."), "", 4),
        ("the time is up", |_| Reply::Never, "--max-time 3", 6),
    ];
    for (ending, answer, options, code) in endings {
        let service = Service::start(move |call| if call.number == 0 { found(call) } else { answer(call) });
        let folder = folder();
        fs::write(folder.path().join("links.csv"), "of yesterday").unwrap();
        let ran = service
            .offerslook(&format!(
                "--ids-per-request 1 --max-in-flight 1 links 1 2 -o links.csv --format csv {options}"
            ))
            .within(folder.path())
            .run();
        assert_eq!(ran.code, Some(code), "{ending}: {}", ran.err);
        assert_eq!(fs::read_to_string(folder.path().join("links.csv")).unwrap(), "of yesterday");
        assert!(ran.err.contains("its rows are in links.csv.incomplete"), "{}", ran.err);
        let rows = fs::read_to_string(folder.path().join("links.csv.incomplete")).unwrap();
        assert_eq!(rows.lines().count(), 3, "{rows}");
        assert_eq!(names(folder.path()), ["links.csv", "links.csv.incomplete"]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_redirect_by_its_name_is_not_replaced() {
    use std::{io::Write as _, os::unix::fs::MetadataExt};

    let folder = folder();
    let path = folder.path().join("out.csv");
    for name in ["/dev/stdout", "/proc/self/fd/1", "out.csv"] {
        let mut redirected = fs::File::create(&path).unwrap();
        redirected.write_all(b"before\n").unwrap();
        let inode = redirected.metadata().unwrap().ino();
        let ran = offerslook(&format!("--sandbox links 16 -q --format csv -o {name}"))
            .within(folder.path())
            .stdout(redirected)
            .run();
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{name}");
        assert_eq!(fs::metadata(&path).unwrap().ino(), inode, "{name}");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("before\noffer_id,") && text.lines().count() == 3, "{name}: {text}");
    }
}

#[cfg(unix)]
#[test]
fn a_dangling_link_stays_one() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("real")).unwrap();
    std::os::unix::fs::symlink("real/links.csv", path("link.csv")).unwrap();
    let ran = offerslook("--sandbox links 16 -q --format csv -o link.csv").within(folder.path()).run();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(fs::symlink_metadata(path("link.csv")).unwrap().is_symlink());
    assert!(fs::read_to_string(path("real/links.csv")).unwrap().starts_with("offer_id,"));
}

/// The output would replace what is read.
#[test]
fn an_input_is_not_the_output() {
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let folder = folder();
    fs::write(folder.path().join("ids.txt"), "16\n").unwrap();
    write_key(&folder.path().join("key"), sandbox.api_key());
    let account = format!("--base-url {} --email {} --api-key-file key", sandbox.base_url(), sandbox.email());
    for (arguments, file) in [
        ("--sandbox links --from ids.txt -o ids.txt".to_owned(), "ids.txt"),
        ("--sandbox links --from ids.txt -o ./ids.txt --format ndjson --resume".to_owned(), "ids.txt"),
        (format!("{account} links 16 -o key"), "key"),
        (format!("{account} offers list -o key"), "key"),
    ] {
        let before = fs::read(folder.path().join(file)).unwrap();
        let ran = offerslook(&arguments).within(folder.path()).run();
        assert_eq!(ran.code, Some(2), "{arguments}: {}", ran.err);
        assert!(ran.err.contains("name the same file"), "{}", ran.err);
        assert_eq!(fs::read(folder.path().join(file)).unwrap(), before);
    }
}

/// Whether or not the run reads them: an account must not get lost.
#[test]
fn no_file_with_an_account_is_the_output() {
    let folder = folder();
    let https = Sandbox::start(SandboxConfig::default().https(Certificate::Good)).unwrap();
    fs::write(folder.path().join("ca.pem"), https.certificate_authority().unwrap()).unwrap();
    for file in ["key", "work.key"] {
        write_key(&folder.path().join(file), "secret");
    }
    write_key(&folder.path().join("config.toml"), "[profiles.work]\napi_key_file = \"work.key\"\n");
    for command in [
        "links 16",
        "links 16 --format ndjson --resume",
        "offers list",
        "offers show 16",
        "apply 16 --yes",
        "postbacks list",
        "postbacks show 1",
        "postbacks delete 1 --yes",
        "sub-affiliates",
        "api GET /aff/v1/offers",
        "auth status",
        "doctor",
        "sandbox --port 0 --max-time 1",
    ] {
        let (account, cacert) = match command.split(' ').next() {
            Some("sandbox") => ("", None),
            Some("auth") => ("--sandbox", None),
            _ => ("--sandbox", Some("ca.pem")),
        };
        for file in ["key", "config.toml", "work.key"].into_iter().chain(cacert) {
            let cacert = if file == "ca.pem" { "--cacert ca.pem" } else { "" };
            let before = fs::read(folder.path().join(file)).unwrap();
            let ran = offerslook(&format!("{command} {account} {cacert} -o {file}"))
                .env("OFFERSLOOK_CONFIG_DIR", ".")
                .env("OFFERSLOOK_API_KEY_FILE", "key")
                .within(folder.path())
                .run();
            assert_eq!(ran.code, Some(2), "{command} -o {file}: {}", ran.err);
            assert!(ran.err.contains("name the same file"), "{command} -o {file}: {}", ran.err);
            assert_eq!(fs::read(folder.path().join(file)).unwrap(), before);
        }
    }
}
