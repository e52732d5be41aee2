//! What goes where, and when.

use std::{
    io::{BufRead, BufReader, Read},
    sync::mpsc,
};

use insta::assert_snapshot;

use crate::{
    command::{finish, ids_to, offerslook},
    service::{Service, found},
};

/// Help is data, its lack is a mistake.
#[test]
fn help() {
    let summary = offerslook("-h").run();
    assert_snapshot!(summary.out);
    assert_eq!((summary.code, summary.err.as_str()), (Some(0), ""));
    let links = offerslook("links --help").run();
    assert_snapshot!(links.out);
    assert_eq!((links.code, links.err.as_str()), (Some(0), ""));
    assert_eq!(offerslook("links -h").run().code, Some(0));
    assert_eq!(offerslook("help links").run().out, links.out);
    assert_snapshot!(offerslook("help sandbox").run().out);
    let nothing = offerslook("").run();
    assert_eq!((nothing.code, nothing.out.as_str()), (Some(2), ""));
    assert_eq!(offerslook("--version").run().out, concat!("offerslook ", env!("CARGO_PKG_VERSION"), "\n"));
}

/// Rows come out while the service has not answered for the rest.
#[test]
fn rows_are_streamed() {
    for (format, lines) in [("ndjson", 1), ("csv", 2), ("tsv", 2), ("json", 2)] {
        let (go, wait) = mpsc::channel::<()>();
        let wait = std::sync::Mutex::new(wait);
        let service = Service::start(move |call| {
            if call.number > 0 {
                // The test has hung up where it failed.
                let _ = wait.lock().unwrap().recv();
            }
            found(call)
        });
        let mut child =
            service.offerslook(&format!("--ids-per-request 1 links 1 2 --format {format}")).spawn();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        for _ in 0..lines {
            read_row(&mut stdout, &mut first);
        }
        assert!(first.contains("https://click.example/?offer_id=1"), "{first}");
        drop(go);
        let mut rest = String::new();
        stdout.read_to_string(&mut rest).unwrap();
        assert!(rest.contains("https://click.example/?offer_id=2"), "{rest}");
        assert_eq!(finish(child).code, Some(0));
    }
}

/// A row of an array has no line end of its own, but its closing brace ends it.
fn read_row(stdout: &mut impl BufRead, text: &mut String) {
    loop {
        let mut byte = [0];
        stdout.read_exact(&mut byte).unwrap();
        text.push(char::from(byte[0]));
        if byte == *b"\n" || text.ends_with("\"}") {
            return;
        }
    }
}

/// A reader that has seen enough is no error, and the run does not go on without it.
#[test]
fn a_closed_pipe_is_quiet() {
    for format in ["ndjson", "json", "csv", "table"] {
        let mut child = offerslook(&format!("--sandbox --quota 1000/1 links --from - --format {format}"))
            .input(ids_to(5000))
            .spawn();
        drop(child.stdout.take());
        let ran = finish(child);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{format}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let ran = offerslook("--sandbox links 16 --format csv").stdout(full).run();
    assert_snapshot!(ran.without_rows(), @"
    exit 1
    offerslook: cannot write standard output: no space left on device. Check the path, its permissions and the free space.
    ");
}

#[test]
fn quiet_is_quiet() {
    let ran = offerslook("-q --sandbox links 16 3").run();
    assert_eq!((ran.code, ran.err.as_str()), (Some(3), ""));
}
