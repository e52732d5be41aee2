use std::fs;

use insta::assert_snapshot;

use crate::command::{folder, offerslook, transcript};

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
