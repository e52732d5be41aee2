#![cfg(unix)]

use std::{fs, io::Read, process::Command, time::Instant};

use insta::assert_snapshot;

use crate::{
    command::{LIMIT, finish, folder, ids_to, offerslook, signal},
    service::{Reply, Service, found},
};

/// Answers the first call, and none after it.
fn stuck() -> Service {
    Service::start(|call| if call.number == 0 { found(call) } else { Reply::Never })
}

#[test]
fn what_is_known_is_written_and_the_rest_not_attempted() {
    for (format, name) in [("json", "-INT"), ("table", "-TERM"), ("csv", "-INT")] {
        for transport in ["hyper", "ureq"] {
            let service = stuck();
            let arguments = format!(
                "{} --transport {transport} --ids-per-request 1 --max-in-flight 1 links 1 2 3 --format {format}",
                service.account()
            );
            let child = offerslook(&arguments).spawn();
            service.wait_for(2);
            signal(&child, name);
            let ran = finish(child);
            assert_eq!(ran.code, Some(130), "{}", ran.err);
            assert_snapshot!(format!("interrupted_{format}"), ran.out);
            assert_snapshot!("interrupted_stderr", ran.err);
        }
    }
}

#[test]
fn nothing_is_known() {
    let service = Service::start(|_| Reply::Never);
    let folder = folder();
    fs::write(folder.path().join("links.json"), "of yesterday").unwrap();
    let arguments = format!("{} links 1 2 --format json -o links.json", service.account());
    let child = offerslook(&arguments).within(folder.path()).spawn();
    service.wait_for(1);
    signal(&child, "-INT");
    assert_snapshot!(finish(child).without_rows(), @"
    exit 130
    offerslook: interrupted before any id was answered.
    ");
    assert_eq!(fs::read_to_string(folder.path().join("links.json")).unwrap(), "of yesterday");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// An output file is replaced by a complete run only.
#[test]
fn an_interrupted_run_writes_beside_the_file() {
    let service = stuck();
    let folder = folder();
    fs::write(folder.path().join("links.json"), "of yesterday").unwrap();
    let arguments =
        format!("{} --ids-per-request 1 links 1 2 --format json -o links.json", service.account());
    let child = offerslook(&arguments).within(folder.path()).spawn();
    service.wait_for(2);
    signal(&child, "-INT");
    let ran = finish(child);
    assert_eq!(ran.code, Some(130));
    assert_snapshot!(ran.err, @"
    offerslook: interrupted: 1 of 2 ids were not attempted.
    offerslook: warning: the output is not complete, so it does not replace the file: its rows are in links.json.incomplete.
    offerslook: 2 ids: 1 found, 1 not attempted; 2 calls
    ");
    assert_eq!(fs::read_to_string(folder.path().join("links.json")).unwrap(), "of yesterday");
    let beside = fs::read_to_string(folder.path().join("links.json.incomplete")).unwrap();
    let rows: serde_json::Value = serde_json::from_str(&beside).unwrap();
    assert_eq!((&rows[0]["status"], &rows[1]["status"]), (&"found".into(), &"not_attempted".into()));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

/// A run that cannot stop by itself, its reader being stuck, ends with the second Ctrl-C.
#[test]
fn the_second_time_counts_at_once() {
    let folder = folder();
    let mut child = offerslook("--sandbox --quota 1000/1 links --from - --format ndjson")
        .input(ids_to(5000))
        .within(folder.path())
        .spawn();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0]).unwrap();
    let began = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        assert!(began.elapsed() < LIMIT, "it does not end");
        // Two signals in quick succession count as one, so there may be more than two.
        let _ = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    };
    assert_eq!(status.code(), Some(130));
}
