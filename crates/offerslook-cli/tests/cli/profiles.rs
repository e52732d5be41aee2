//! Which of option, environment and profile counts, and which profiles are not used.

use std::{fs, path::Path};

use insta::assert_snapshot;
use offerslook_sandbox::{Sandbox, SandboxConfig};
use tempfile::TempDir;

use crate::command::{Run, folder, offerslook, transcript, write_key};

/// A folder with this `config.toml`.
pub(crate) fn config(text: &str) -> TempDir {
    let folder = folder();
    write_key(&folder.path().join("config.toml"), text);
    folder
}

/// A run that finds its profiles there.
pub(crate) fn with_config(folder: &Path, arguments: &str) -> Run {
    offerslook(arguments).env("OFFERSLOOK_CONFIG_DIR", folder.to_str().unwrap())
}

/// The profile of a sandbox's account.
fn profile_of(name: &str, sandbox: &Sandbox) -> String {
    format!(
        "[profiles.{name}]\nbase_url = \"{}\"\nemail = \"{}\"\napi_key = \"{}\"\n",
        sandbox.base_url(),
        sandbox.email(),
        sandbox.api_key()
    )
}

fn sandbox(key: &str) -> Sandbox {
    Sandbox::start(SandboxConfig::default().api_key(key)).unwrap()
}

#[test]
fn a_profile_is_enough() {
    let (one, other) = (sandbox("key-of-one"), sandbox("key-of-other"));
    let folder = config(&(profile_of("default", &one) + &profile_of("other", &other)));
    let calls = || (one.arrivals().total, other.arrivals().total);
    assert_eq!(with_config(folder.path(), "links 16 -q").run().code, Some(0));
    assert_eq!(calls(), (1, 0));
    assert_eq!(with_config(folder.path(), "links 16 -q --profile other").run().code, Some(0));
    assert_eq!(calls(), (1, 1));
    let run = with_config(folder.path(), "links 16 -q").env("OFFERSLOOK_PROFILE", "other").run();
    assert_eq!((run.code, run.err.as_str(), calls()), (Some(0), "", (1, 2)));
    let run = with_config(folder.path(), "links 16 -q --profile default").env("OFFERSLOOK_PROFILE", "other");
    assert_eq!((run.run().code, calls()), (Some(0), (2, 2)));
}

#[test]
fn the_path_of_a_key_file_counts_from_the_folder_of_the_configuration() {
    let sandbox = sandbox("key-of-file");
    let text = profile_of("default", &sandbox).replace("api_key = \"key-of-file\"", "api_key_file = \"key\"");
    let folder = config(&text);
    write_key(&folder.path().join("key"), "key-of-file\n");
    let run = with_config(folder.path(), "links 16 -q").run();
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

/// The name of a setting, the variables and the options that hold it.
type Setting<'t> = (&'t str, &'t [(&'t str, &'t str)], &'t [(&'t str, &'t str)]);

/// Every setting, at its three levels, from the lowest to the highest.
#[test]
fn a_flag_beats_the_environment_which_beats_the_profile() {
    let folder = config(
        "[profiles.default]\nnetwork = \"from-profile\"\nemail = \"profile@example.com\"\napi_key = \"lowest\"\n",
    );
    write_key(&folder.path().join("key"), "key");
    let key = folder.path().join("key");
    let key = key.to_str().unwrap();
    let settings: [Setting<'_>; 3] = [
        (
            "address",
            &[("OFFERSLOOK_NETWORK", "acme"), ("OFFERSLOOK_BASE_URL", "https://acme.example")],
            &[("--network", "acme"), ("--base-url", "https://acme.example")],
        ),
        ("email", &[("OFFERSLOOK_EMAIL", "me@example.com")], &[("--email", "me@example.com")]),
        (
            "api_key",
            &[("OFFERSLOOK_API_KEY", "some-key"), ("OFFERSLOOK_API_KEY_FILE", key)],
            &[("--api-key-file", key), ("--api-key-stdin", "")],
        ),
    ];
    for (setting, variables, options) in settings {
        let source = |run: Run| {
            let rows = run.run().rows();
            let row = rows.into_iter().find(|row| row["setting"] == setting).unwrap();
            row["source"].as_str().unwrap().to_owned()
        };
        let status = || with_config(folder.path(), "auth status --format ndjson");
        assert_eq!(source(status()), "profile \"default\"");
        for (variable, value) in variables {
            let with_variable = || status().env(variable, value);
            assert!(source(with_variable()).contains(variable), "{variable}");
            for (option, value) in options {
                let run = [*option, *value].into_iter().filter(|text| !text.is_empty());
                let run = run.fold(with_variable(), Run::arg);
                let expected = if *option == "--api-key-stdin" { "standard input" } else { option };
                assert!(source(run).contains(expected), "{option}");
            }
        }
    }
}

/// The same with calls: all parts but one are wrong at the lower levels.
#[test]
fn what_counts_is_what_is_used() {
    let sandbox = sandbox("right-key");
    let wrong = "[profiles.default]\nnetwork = \"no network\"\nemail = \":\"\napi_key_file = \"missing\"\n";
    let folder = config(wrong);
    let run = with_config(folder.path(), "links 16 -q").at(&sandbox).run();
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

#[test]
fn the_sandbox_ignores_profiles() {
    let folder = config("this is no TOML");
    let run = with_config(folder.path(), "--sandbox links 16 -q").env("OFFERSLOOK_PROFILE", "missing").run();
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

/// One line that says what to do, and nothing of what may be a key.
#[test]
fn profiles_that_cannot_be_used() {
    const KEY: &str = "0123456789abcdef";
    let configs = [
        ("no file", String::new()),
        ("no TOML", format!("[profiles.default]\nnetwork = \"acme\"\napi_key = {KEY}-x\n")),
        ("no table", format!("profiles = \"{KEY}\"\n")),
        ("no profile", format!("[profiles]\ndefault = \"{KEY}\"\n")),
        ("another key", format!("[profiles.default]\n{KEY} = \"key\"\n")),
        ("another type", "[profiles.default]\napi_key = 123456789\n".to_owned()),
        (
            "both addresses",
            "[profiles.default]\nnetwork = \"acme\"\nbase_url = \"https://x.example\"\n".to_owned(),
        ),
        ("both keys", format!("[profiles.default]\napi_key = \"{KEY}\"\napi_key_file = \"{KEY}\"\n")),
        (
            "a bad network",
            format!(
                "[profiles.default]\nnetwork = \"a b\"\nemail = \"me@example.com\"\napi_key = \"{KEY}\"\n"
            ),
        ),
        ("part of it", "[profiles.default]\nnetwork = \"acme\"\n".to_owned()),
    ];
    let mut runs = Vec::new();
    let mut run = |title: &str, folder: &Path, arguments: &str| {
        let mut ran = with_config(folder, arguments).run();
        assert!(!ran.err.contains(KEY), "{}", ran.err);
        ran.err = ran.err.replace(folder.to_str().unwrap(), "CONFIG");
        runs.push((format!("{arguments} [{title}]"), ran));
    };
    for (title, text) in &configs {
        let folder = if text.is_empty() { folder() } else { config(text) };
        run(title, folder.path(), "links 16");
        if text.is_empty() {
            run(title, folder.path(), "links 16 --profile work");
        }
    }
    let two = config("[profiles.default]\n[profiles.other]\n");
    run("two profiles", two.path(), "links 16 --profile work");
    run("two profiles", two.path(), "auth logout --profile work");
    let is_folder = folder();
    fs::create_dir(is_folder.path().join("config.toml")).unwrap();
    run("a folder", is_folder.path(), "links 16");
    assert_snapshot!(transcript(runs));
}

#[cfg(unix)]
#[test]
fn a_configuration_that_others_can_change_or_read() {
    use std::os::unix::fs::PermissionsExt;

    let sandbox = sandbox("key-to-be-kept");
    let folder = config(&profile_of("default", &sandbox));
    let path = folder.path().join("config.toml");
    let run = |mode| {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let ran = with_config(folder.path(), "links 16 -q").run();
        (ran.code.unwrap(), ran.err.replace(folder.path().to_str().unwrap(), "CONFIG"))
    };
    assert_eq!(run(0o600), (0, String::new()));
    for mode in [0o620, 0o602, 0o666] {
        let (code, said) = run(mode);
        assert_eq!(code, 2);
        assert_snapshot!("changeable", said);
    }
    let (code, said) = run(0o644);
    assert_eq!(code, 0);
    assert_snapshot!("readable", said);
    assert_eq!(sandbox.arrivals().total, 2);
}
