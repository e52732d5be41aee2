#![cfg(unix)]

use std::{fs, io::Read, process::Command, time::Instant};

use insta::assert_snapshot;
use tempfile::TempDir;

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
            let child = service.offerslook(&format!("--transport {transport} --ids-per-request 1 --max-in-flight 1 links 1 2 3 --format {format}")).spawn();
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
    let child = service.offerslook("links 1 2 --format json -o links.json").within(folder.path()).spawn();
    service.wait_for(1);
    signal(&child, "-INT");
    assert_snapshot!(finish(child).without_rows(), @"
    exit 130
    offerslook: interrupted before any id was answered.
    ");
    assert_eq!(fs::read_to_string(folder.path().join("links.json")).unwrap(), "of yesterday");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// Whatever a command is waiting for.
#[test]
fn every_command_in_every_phase() {
    const CALLS: [&str; 9] = [
        "links 16",
        "links --all-approved",
        "offers list --with links",
        "offers show 16",
        "postbacks list",
        "postbacks delete 51 --yes",
        "apply 16 --yes",
        "sub-affiliates",
        "doctor",
    ];
    for transport in ["hyper", "ureq"] {
        for command in CALLS.into_iter().chain(["api GET /aff/v1/offers --paginate"]) {
            let service = Service::start(|_| Reply::Never);
            let child = service.offerslook(&format!("--transport {transport} {command}")).spawn();
            service.wait_for(1);
            signal(&child, "-INT");
            let ran = finish(child);
            assert_eq!(ran.code, Some(130), "{command}: {}", ran.err);
            // Checks that were made, and applications that may have been.
            let has_rows = command == "doctor" || command.starts_with("apply");
            assert_eq!(ran.out.is_empty(), !has_rows, "{command}: {}", ran.out);
        }
        // The second call waits for its turn.
        let service = Service::start(found);
        let arguments = format!("{} --transport {transport} --quota 1/600", service.account());
        let child = offerslook(&format!("{arguments} links 1 2 --ids-per-request 1 --format ndjson")).spawn();
        service.wait_for(1);
        signal(&child, "-INT");
        assert_eq!(finish(child).code, Some(130));
    }
}

/// Before there is anything to be stopped, the signal ends the process by itself.
#[test]
fn while_the_ids_are_read() {
    use std::{io::Write as _, process::Stdio};

    let (reader, mut writer) = std::io::pipe().unwrap();
    let child = offerslook("--sandbox links --from -").on(reader, Stdio::null(), Stdio::null());
    // More than a pipe holds: most of it has been read.
    writer.write_all(ids_to(50_000).as_bytes()).unwrap();
    signal(&child, "-INT");
    assert_eq!(finish(child).code, None, "a signal is no exit code");
}

/// Whoever interrupts a run does not wait for the rows of millions of ids that it did not come to: those without a row are
/// counted.
#[test]
fn of_many_ids_that_are_left_each_has_a_row_or_is_counted() {
    for (format, around) in [("ndjson", 0), ("csv", 1), ("json", 2), ("table", 1)] {
        let service = stuck();
        let child =
            service.offerslook(&format!("links --from - --format {format}")).input(ids_to(20_000)).spawn();
        service.wait_for(2);
        signal(&child, "-INT");
        let ran = finish(child);
        assert_eq!(ran.code, Some(130), "{}", ran.err);
        let rows = ran.out.lines().count() - around;
        // How many there was time for is not to be known.
        assert!((10_100..=20_000).contains(&rows), "{rows}");
        let left_out = format!("; the last {} of them have no row.\n", 20_000 - rows);
        assert_eq!(ran.err.contains(&left_out), rows < 20_000, "{}", ran.err);
        assert!(ran.err.contains("20000 ids: 100 found, 19900 not attempted; "), "{}", ran.err);
        if format == "json" {
            assert!(serde_json::from_str::<serde_json::Value>(&ran.out).is_ok());
        }
    }
}

/// Any other end has a row for every id.
#[test]
fn a_run_that_is_not_interrupted_has_all_rows() {
    let service = Service::start(|call| match call.number {
        0 => found(call),
        _ => crate::service::failure(401, "Unknown key."),
    });
    let ran = service.offerslook("links --from - --format ndjson").input(ids_to(20_000)).run();
    assert_eq!(ran.code, Some(4), "{}", ran.err);
    let ids: Vec<_> = ran.rows().iter().map(|row| row["offer_id"].as_u64().unwrap()).collect();
    assert_eq!(ids, (1..=20_000).collect::<Vec<_>>());
    assert!(ran.err.contains("20000 ids: 100 found, 19900 not attempted; "), "{}", ran.err);
}

/// An output file is replaced by a complete run only.
#[test]
fn an_interrupted_run_writes_beside_the_file() {
    let service = stuck();
    let folder = folder();
    fs::write(folder.path().join("links.json"), "of yesterday").unwrap();
    let child = service
        .offerslook("--ids-per-request 1 links 1 2 --format json -o links.json")
        .within(folder.path())
        .spawn();
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

/// Whatever ends it, and however early: no temporary file is left.
#[test]
fn no_signal_leaves_a_file_behind() {
    let service = Service::start(|_| Reply::Never);
    for name in ["-INT", "-TERM", "-HUP"] {
        let folder = folder();
        let child = service.offerslook("links 1 2 --format json -o links.json").within(folder.path()).spawn();
        service.wait_for(1);
        signal(&child, name);
        assert_eq!(finish(child).code, Some(130), "{name}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{name}");
    }
    // At any moment of the start, too: the moments are spread over what a whole run takes here and now.
    let run = |folder: &TempDir| {
        offerslook("--sandbox links 1 2 --format json -o links.json").within(folder.path()).spawn()
    };
    let began = Instant::now();
    finish(run(&folder()));
    let whole = began.elapsed();
    for turns in 0..40_u32 {
        let folder = folder();
        let child = run(&folder);
        let began = Instant::now();
        while began.elapsed() < whole * turns / 40 {
            std::thread::yield_now();
        }
        signal(&child, if turns % 2 == 0 { "-INT" } else { "-HUP" });
        finish(child);
        let left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| name.to_string_lossy().starts_with("links.json")), "{left:?}");
    }
}

/// `nohup` has it ignored.
#[cfg(target_os = "linux")]
#[test]
fn nohup_is_respected() {
    let service = Service::start(|_| Reply::Never);
    let arguments = format!("{} links 1 --max-time 2", service.account());
    let mut child = Command::new("nohup");
    child.arg(env!("CARGO_BIN_EXE_offerslook")).args(arguments.split(' ')).env_clear();
    child.stdin(std::process::Stdio::null()).stdout(std::process::Stdio::piped());
    let child = child.stderr(std::process::Stdio::piped()).spawn().unwrap();
    service.wait_for(1);
    signal(&child, "-HUP");
    assert_eq!(finish(child).code, Some(6));
}

/// Rows are handed on when nothing more is ready, not one by one.
#[test]
fn rows_are_not_written_one_by_one() {
    use std::os::unix::net::UnixDatagram;

    let (reader, writer) = UnixDatagram::pair().unwrap();
    reader.set_read_timeout(Some(LIMIT)).unwrap();
    let child = offerslook("--sandbox --quota 1000/1 links --from - --format ndjson -q --trust-missing")
        .input(ids_to(5000))
        .stdout(std::os::fd::OwnedFd::from(writer))
        .spawn();
    let (mut datagrams, mut rows) = (0, String::new());
    let mut piece = vec![0; 1 << 20];
    while rows.lines().count() < 5000 || !rows.ends_with('\n') {
        let length = reader.recv(&mut piece).unwrap();
        datagrams += 1;
        rows += str::from_utf8(&piece[..length]).unwrap();
    }
    assert_eq!(finish(child).code, Some(3));
    assert!(datagrams < 500, "{datagrams} writes of 5,000 rows");
}

/// No thread can be had: an error, not a panic.
#[cfg(target_os = "linux")]
#[test]
fn no_thread_is_an_error() {
    // How much address space leaves no room for a thread depends on the system.
    for kilobytes in (20_000..60_000).step_by(1_000) {
        let limited = format!("ulimit -v {kilobytes}; exec \"$0\" --sandbox links 16");
        let ran = Command::new("sh")
            .args(["-c", &limited, env!("CARGO_BIN_EXE_offerslook")])
            .env_clear()
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&ran.stderr);
        assert!(!told.contains("spawn worker thread"), "{kilobytes}: {told}");
    }
}
