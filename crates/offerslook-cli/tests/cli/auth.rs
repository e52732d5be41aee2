//! Profiles that are stored, shown and removed.

use std::{fs, path::Path};

use insta::assert_snapshot;
use offerslook_sandbox::{Sandbox, SandboxConfig};

use crate::{
    command::{folder, offerslook, transcript},
    profiles::{config, with_config},
};

const LOGIN: &str = "auth login --network acme --email me@example.com --api-key-stdin";

fn read(folder: &Path) -> String {
    fs::read_to_string(folder.join("config.toml")).unwrap()
}

#[test]
fn help_of_accounts() {
    for command in ["auth", "auth login", "auth status", "auth logout"] {
        assert_snapshot!(
            format!("help_{}", command.replace(' ', "_")),
            offerslook(&format!("help {command}")).run().out
        );
    }
}

#[test]
fn a_login_is_kept_for_its_owner_alone() {
    let outer = folder();
    // It is created with all that leads to it.
    let folder = outer.path().join("a/b");
    let ran = with_config(&folder, LOGIN).input("the-key\r\n").run();
    let said = ran.without_rows().replace(folder.to_str().unwrap(), "CONFIG");
    assert_snapshot!(said, @r#"
    exit 0
    offerslook: profile "default" is stored in CONFIG/config.toml; offerslook doctor checks it
    "#);
    assert_snapshot!(read(&folder), @r#"
    [profiles.default]
    network = "acme"
    email = "me@example.com"
    api_key = "the-key"
    "#);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&folder.join("config.toml"))), (0o700, 0o600));
    }
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["config.toml"]);
}

/// In the folder of the platform, unless a variable names another one.
#[cfg(unix)]
#[test]
fn the_usual_folder() {
    for (variable, path) in [("XDG_CONFIG_HOME", "offerslook"), ("HOME", ".config/offerslook")] {
        let home = folder();
        let run = || with_config(Path::new(""), LOGIN).env(variable, home.path().to_str().unwrap());
        assert_eq!(run().input("the-key").run().code, Some(0));
        assert!(read(&home.path().join(path)).contains("the-key"));
    }
}

#[test]
fn a_login_works() {
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let folder = folder();
    let login = format!(
        "auth login --base-url {} --email {} --api-key-stdin --profile work -q",
        sandbox.base_url(),
        sandbox.email()
    );
    let ran = with_config(folder.path(), &login).input(sandbox.api_key()).run();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let ran = with_config(folder.path(), "links 16 -q --profile work").run();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

/// Of a file that its owner wrote by hand.
#[test]
fn nothing_else_of_the_file_changes() {
    let text = "# mine\n[profiles.default] # the first\nemail = \"old@example.com\" # old\nnetwork = 'acme'\n\
                api_key_file = \"key.txt\"\n\n[profiles.\"work\"]\nnetwork = \"beta\"\n\n[another.tool]\nx = 1\n";
    let folder = config(text);
    // What is not given stays.
    let ran = with_config(folder.path(), "auth login --api-key-stdin -q").input("new-key").run();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_snapshot!("login_beside_others", read(folder.path()));
    let logout = || with_config(folder.path(), "auth logout").run();
    let ran = logout();
    assert_eq!(ran.code, Some(0));
    assert_snapshot!("logout_says", ran.err.replace(folder.path().to_str().unwrap(), "CONFIG"));
    assert_snapshot!("logout_leaves_others", read(folder.path()));
    let before = read(folder.path());
    assert_eq!((logout().code, read(folder.path())), (Some(2), before));
}

#[cfg(unix)]
#[test]
fn a_link_to_the_file_stays_one() {
    let (dotfiles, folder) = (config("# mine\n"), folder());
    let path = folder.path().join("config.toml");
    std::os::unix::fs::symlink(dotfiles.path().join("config.toml"), &path).unwrap();
    assert_eq!(with_config(folder.path(), LOGIN).input("the-key").run().code, Some(0));
    assert!(path.symlink_metadata().unwrap().is_symlink());
    assert!(read(dotfiles.path()).contains("the-key"));
}

#[test]
fn a_login_that_is_refused_stores_nothing() {
    let runs = [
        ("auth login", ""),
        ("auth login --network acme", "the-key"),
        ("auth login --api-key-stdin", "the-key"),
        (LOGIN, ""),
        (LOGIN, "two\nlines"),
        ("auth login --network a_b --email me@example.com --api-key-stdin", "the-key"),
        ("auth login --network acme --email : --api-key-stdin", "the-key"),
        ("auth login --base-url http://acme.example --email me@example.com --api-key-stdin", "the-key"),
        ("auth login --network acme --base-url https://acme.example --email x --api-key-stdin", "the-key"),
        ("auth login --network acme --email x --api-key-stdin --profile a/b", "the-key"),
        ("auth login --network acme --email x --api-key the-key", ""),
    ]
    .map(|(arguments, input)| {
        let folder = folder();
        let ran = with_config(folder.path(), arguments).input(input).run();
        assert!(!folder.path().join("config.toml").exists(), "{arguments}");
        (arguments.to_owned(), ran)
    });
    assert_snapshot!(transcript(runs));
}

#[test]
fn a_folder_that_cannot_be_written() {
    let folder = folder();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let ran = with_config(&file, LOGIN).input("the-key").run();
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert!(ran.err.contains("cannot read"), "{}", ran.err);
    let ran = offerslook(LOGIN).env("OFFERSLOOK_CONFIG_DIR", "/dev/null/x").input("the-key").run();
    assert!(ran.code == Some(1) || ran.code == Some(2), "{}", ran.err);
}

#[test]
fn what_beats_a_new_profile_is_warned_about() {
    let folder = folder();
    let run = with_config(folder.path(), LOGIN).env("OFFERSLOOK_NETWORK", "other").input("the-key").run();
    assert_eq!(run.code, Some(0));
    assert!(run.err.contains("the environment beats the profile: unset OFFERSLOOK_NETWORK."), "{}", run.err);
}

/// Where each value comes from, and never the value.
#[test]
fn status() {
    let folder = config(
        "[profiles.default]\nnetwork = \"the-network\"\nemail = \"the-address@example.com\"\napi_key = \"the-key\"\n",
    );
    for (name, arguments, code) in [
        ("status_whole", "auth status", 0),
        ("status_csv", "auth status --format csv", 0),
        (
            "status_flags",
            "auth status --base-url http://the-network.example --email : --api-key-file the-key",
            2,
        ),
        ("status_sandbox", "auth status --sandbox --format ndjson", 0),
    ] {
        let ran = with_config(folder.path(), arguments).run();
        assert_eq!((ran.code, ran.err.as_str()), (Some(code), ""), "{arguments}");
        assert!(!ran.out.contains("the-"), "{}", ran.out);
        assert_snapshot!(name, ran.out);
    }
    let ran = offerslook("auth status").run();
    assert_eq!((ran.code, ran.err.as_str()), (Some(2), ""));
    assert_snapshot!("status_missing", ran.out);
}
