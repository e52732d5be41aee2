use std::fs;

use insta::assert_snapshot;

use crate::{
    command::{Ran, finish, folder, offerslook, transcript},
    profiles::{config, with_config},
};

/// Every command that uses an account and writes an output.
const COMMANDS: [&str; 13] = [
    "links 16",
    "offers list --max-id 3",
    "offers show 16",
    "apply 16 --yes",
    "postbacks list",
    "postbacks show 51",
    "postbacks create --all-offers --type postback-url --code https://t.example/ --yes",
    "postbacks update 51 --code https://t.example/ --yes",
    "postbacks delete 51 --yes",
    "sub-affiliates",
    "api GET /aff/v1/offers/16",
    "auth status",
    "doctor",
];

#[track_caller]
fn is_told_in_a_line(ran: &Ran, code: i32, what: &str, command: &str) {
    // The doctor reports it as one of its checks.
    let told = if command == "doctor" && ran.err.is_empty() { &ran.out } else { &ran.err };
    assert_eq!(ran.code, Some(code), "{command}: {told}");
    assert!(told.contains(what), "{command}: {told}");
    assert!(command == "doctor" || ran.err.lines().count() == 1, "{command}: {told}");
}

/// Each is told in one line, before anything is sent.
#[test]
fn of_the_command_line() {
    let runs = [
        "--sandbox links abc",
        "--sandbox links 0",
        "--sandbox links -5",
        "--sandbox links 16,,102",
        "--sandbox links 16,",
        "--sandbox links +16",
        "--sandbox links 18446744073709551616",
        "--sandbox links",
        "--sandbox --quota 0/10 links 16",
        "--sandbox --quota 50 links 16",
        "--sandbox --ids-per-request 0 links 16",
        "--sandbox --ids-per-request 1001 links 16",
        "--sandbox --max-in-flight 0 links 16",
        "--sandbox --timeout 0 links 16",
        "--sandbox --max-time soon links 16",
        "--sandbox --retries -1 links 16",
        "--sandbox --format xml links 16",
        "--sandbox --formt csv links 16",
        "--sandbox link 16",
        "--sandbox links 16 --append aff_sub1",
        "--sandbox links 16 --append =1",
        "--sandbox links 16 --append a=1 --append b=1 --append a=2",
        "--sandbox links 16 --resume",
        "--sandbox links 16 --resume -o - --format ndjson",
        "--sandbox links 16 --resume -o links.csv --format csv",
        "--api-key-stdin links --from -",
    ];
    let runs = runs.map(|arguments| (arguments.to_owned(), offerslook(arguments).run()));
    let empty = ("--sandbox links \"\"".to_owned(), offerslook("--sandbox links").arg("").run());
    assert_snapshot!(transcript(runs.into_iter().chain([empty])));
}

#[test]
fn of_files() {
    let folder = folder();
    fs::write(folder.path().join("garbage.txt"), "16\n102, 7\n\noffer 3\n").unwrap();
    fs::write(folder.path().join("hole.txt"), "16,\n102,,7\n").unwrap();
    fs::write(folder.path().join("empty.txt"), "\n \n").unwrap();
    fs::write(folder.path().join("binary.txt"), b"16\n\xff\xfe\x00\x1b[31m\n").unwrap();
    fs::write(folder.path().join("endless.txt"), "0".repeat(100_000)).unwrap();
    fs::write(folder.path().join("no.pem"), "not a certificate\n").unwrap();
    let runs = [
        "--sandbox links --from garbage.txt",
        "--sandbox links --from hole.txt",
        "--sandbox links --from empty.txt",
        "--sandbox links --from binary.txt",
        "--sandbox links --from endless.txt",
        "--sandbox links --from missing.txt",
        "--sandbox links --from .",
        "--sandbox --cacert no.pem links 16",
        "--sandbox --cacert missing.pem links 16",
        "--sandbox --cacert no.pem --transport ureq links 16",
        "--sandbox links 16 -o missing/links.csv",
        "--sandbox links 16 -o .",
    ];
    let runs =
        runs.map(|arguments| (arguments.to_owned(), offerslook(arguments).within(folder.path()).run()));
    assert_snapshot!(transcript(runs));
}

#[test]
fn of_standard_input() {
    let run = |input: &[u8]| offerslook("--sandbox links --from -").input(input).run();
    let runs = [&b""[..], b"16\n102\nabc 7", b"16;102"];
    assert_snapshot!(transcript(runs.map(|input| (
        format!("--sandbox links --from - < {:?}", str::from_utf8(input).unwrap()),
        run(input)
    ))));
}

#[cfg(target_os = "linux")]
#[test]
fn outputs_that_cannot_be_written() {
    for command in COMMANDS.into_iter().chain(["sandbox --max-time 1"]) {
        let account = if command.starts_with("sandbox") { "" } else { "--sandbox" };
        for (file, why) in [("/dev/full", "no space left on device"), ("missing/x", "no such file")] {
            let ran = offerslook(&format!("{account} {command} -o {file} -q")).run();
            is_told_in_a_line(&ran, 1, &format!("cannot write {file}: {why}"), command);
            assert_eq!(ran.out, "", "{command}");
        }
    }
}

#[test]
fn readers_that_have_seen_enough() {
    for command in COMMANDS {
        let mut child = offerslook(&format!("--sandbox {command} -q")).spawn();
        drop(child.stdout.take());
        let ran = finish(child);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{command}");
    }
}

#[test]
fn profiles_that_cannot_be_used() {
    let (none, broken) = (config("[profiles.other]\n"), config("this is no TOML"));
    for command in COMMANDS {
        let ran = with_config(none.path(), &format!("{command} --profile missing")).run();
        is_told_in_a_line(&ran, 2, "there is no profile \"missing\"", command);
        let ran = with_config(broken.path(), command).run();
        is_told_in_a_line(&ran, 2, "is not valid TOML", command);
    }
}

#[cfg(unix)]
#[test]
fn a_configuration_that_others_can_change() {
    use std::os::unix::fs::PermissionsExt;

    let folder = config("[profiles.default]\n");
    let path = folder.path().join("config.toml");
    fs::set_permissions(path, fs::Permissions::from_mode(0o666)).unwrap();
    let login = "auth login --network acme --email me@example.com --api-key-stdin";
    for command in COMMANDS.into_iter().chain([login, "auth logout"]) {
        let ran = with_config(folder.path(), command).run();
        is_told_in_a_line(&ran, 2, "can be changed by other users", command);
    }
}
