use std::{
    fs,
    path::Path,
    sync::{Mutex, mpsc},
};

use insta::assert_snapshot;
use tempfile::TempDir;

use crate::{
    command::{Ran, finish, folder, offerslook, signal, transcript},
    service::{Reply, Service, failure, found},
};

const OUTPUT: &str = "--format ndjson -o links.ndjson --resume";

fn journal(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("links.ndjson")).unwrap()
}

fn ask(service: &Service, folder: &Path, rest: &str) -> Ran {
    service.offerslook(&format!("links {rest} {OUTPUT}")).within(folder).run()
}

fn with_journal(text: impl AsRef<[u8]>) -> TempDir {
    let folder = folder();
    fs::write(folder.path().join("links.ndjson"), text).unwrap();
    folder
}

/// Wherever a run was cut off, the next one makes the file whole, and asks for nothing twice.
#[test]
fn a_file_cut_anywhere_is_made_whole() {
    let (asked, ids_asked) = mpsc::channel();
    let asked = Mutex::new(asked);
    let service = Service::start(move |call| {
        asked.lock().unwrap().send(call.ids.clone()).unwrap();
        if call.ids.contains(&2) { failure(400, "No \\\"2\\\" here") } else { found(call) }
    });
    let folder = folder();
    let ids = "1 2 3 --ids-per-request 1 -q";
    assert_eq!(ask(&service, folder.path(), ids).code, Some(3));
    let whole = journal(&folder);
    assert_eq!(whole.lines().count(), 3);
    assert!(ids_asked.try_iter().count() >= 3);
    for cut in (0..=whole.len()).step_by(7).chain([whole.len() - 1, whole.len()]) {
        let folder = with_journal(&whole[..cut]);
        let ran = ask(&service, folder.path(), ids);
        assert_eq!((ran.code, ran.out.as_str()), (Some(3), ""), "cut at {cut}: {}", ran.err);
        assert_eq!(journal(&folder), whole, "cut at {cut}");
        let done = u64::try_from(whole[..cut].matches('\n').count()).unwrap();
        assert!(ids_asked.try_iter().flatten().all(|id| id > done), "cut at {cut}");
    }
}

/// The rest may be refused, all of it: that is an answer where the file shows that the service has answered.
#[test]
fn a_rest_that_is_refused_is_written_and_ends() {
    let service =
        Service::start(|call| if call.ids == [3] { failure(404, "No such offer") } else { found(call) });
    let folder = folder();
    let ids = "1 2 3 --ids-per-request 1 -q";
    assert_eq!(ask(&service, folder.path(), ids).code, Some(3));
    let whole = journal(&folder);
    let beginning: String = whole.split_inclusive('\n').take(2).collect();
    let folder = with_journal(&beginning);
    assert_eq!(ask(&service, folder.path(), ids).code, Some(3));
    assert_eq!(journal(&folder), whole);
}

/// A run that is killed while the service is stuck has lost nothing that it wrote, and the next one goes on.
#[test]
fn a_killed_run_goes_on() {
    for answered in 1..6 {
        let stuck =
            Service::start(move |call| if call.number < answered { found(call) } else { Reply::Never });
        let folder = folder();
        let ids = "1 2 3 4 5 6 7 8 --ids-per-request 1 --max-in-flight 1";
        let mut child = stuck.offerslook(&format!("links {ids} {OUTPUT}")).within(folder.path()).spawn();
        stuck.wait_for(answered + 1);
        child.kill().unwrap();
        finish(child);

        let service = Service::start(found);
        let ran = ask(&service, folder.path(), ids);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let rows: Vec<serde_json::Value> =
            journal(&folder).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let ids: Vec<_> = rows.iter().map(|row| row["offer_id"].as_u64().unwrap()).collect();
        assert_eq!(ids, [1, 2, 3, 4, 5, 6, 7, 8]);
    }
}

#[cfg(unix)]
#[test]
fn what_was_not_attempted_is_not_in_the_file() {
    let stuck = Service::start(|call| if call.number == 0 { found(call) } else { Reply::Never });
    let folder = folder();
    let child = stuck
        .offerslook(&format!("links 1 2 3 --ids-per-request 1 --max-in-flight 1 {OUTPUT}"))
        .within(folder.path())
        .spawn();
    stuck.wait_for(2);
    signal(&child, "-INT");
    let ran = finish(child);
    assert_eq!((ran.code, ran.out.as_str()), (Some(130), ""));
    assert_snapshot!(ran.err, @"
    offerslook: interrupted: 2 of 3 ids were not attempted.
    offerslook: 3 ids: 1 found, 2 not attempted; 2 calls
    ");
    assert_snapshot!(journal(&folder), @r#"{"offer_id":1,"status":"found","url":"https://click.example/?offer_id=1","impression_pixel":"<img src='https://click.example/1'>"}"#);
}

/// An answered id behind one that was not attempted would be out of its place.
#[test]
fn the_file_stays_a_prefix_of_the_asked_ids() {
    let service = Service::start(|call| match call.number {
        0 => found(call),
        _ if call.ids == [2] => failure(401, "Revoked"),
        _ => found(call),
    });
    let folder = folder();
    let ran = ask(&service, folder.path(), "1 2 3 4 --ids-per-request 1");
    assert_eq!(ran.code, Some(4), "{}", ran.err);
    assert_eq!(journal(&folder).lines().count(), 1);
}

/// The exit code and the summary are of all ids, also of those that were done before.
#[test]
fn the_whole_file_counts() {
    let service = Service::start(found);
    let done = r#"{"offer_id":1,"status":"failed","error":{"kind":"rate_limited","message":"the API answered HTTP 429"}}"#;
    let folder = with_journal(format!("{done}\n"));
    let ran = ask(&service, folder.path(), "1 2");
    assert_eq!(ran.code, Some(7));
    assert_snapshot!(ran.err, @"
    offerslook: warning: ids that failed in an earlier run are not asked for again; links.ndjson has 1.
    offerslook: 2 ids: 1 found, 1 failed; 1 call
    ");
    service.wait_for(1);

    let ran = ask(&service, folder.path(), "1 2");
    assert_eq!(ran.code, Some(7));
    assert_snapshot!(ran.err, @"
    offerslook: warning: ids that failed in an earlier run are not asked for again; links.ndjson has 1.
    offerslook: 2 ids: 1 found, 1 failed; 0 calls
    ");
    assert_eq!(service.further_calls(), 0);

    let folder = with_journal("{\"offer_id\":1,\"status\":\"absent\"}\n");
    assert_eq!(ask(&service, folder.path(), "1 2").code, Some(3));
}

/// Where nothing more is answered, the file is as it was, and the code is that of the error.
#[test]
fn a_run_without_an_answer_adds_nothing() {
    let service = Service::start(|_| failure(401, "Unknown key."));
    let row = "{\"offer_id\":1,\"status\":\"absent\"}\n";
    let folder = with_journal(row);
    let ran = ask(&service, folder.path(), "1 2");
    assert_eq!(ran.code, Some(4));
    assert_eq!(journal(&folder), row);
}

#[test]
fn a_file_of_something_else_is_left_alone() {
    let files = [
        "offer_id,status,url,impression_pixel,error\n1,absent,,,\n",
        "[\n  {\"offer_id\":1,\"status\":\"absent\"}\n]\n",
        "My notes",
        "{\"offer_id\":2,\"status\":\"absent\"}\n",
        "{\"offer_id\":1,\"status\":\"absent\"}\n{\"offer_id\":2,\"status\":\"absent\"}\n{\"offer_id\":3,\"status\":\"absent\"}\n",
        "{\"offer_id\":1,\"status\":\"absent\"}\n{\"offer_id\":2,\"status\":\"absent\"}\n{\"offer",
        "{\"offer_id\":1,\"status\":\"not_attempted\"}\n",
        "{\"offer_id\":1,\"status\":\"lost\"}\n",
        "{\"offer_id\":1,\"status\":\"absent\"}\n{\"offer_id\":12",
        "{\"offer_id\":1}\n",
        "\n",
    ];
    let runs = files.map(|text| {
        let folder = with_journal(text);
        let ran = offerslook(&format!("--sandbox links 1 2 {OUTPUT}")).within(folder.path()).run();
        assert_eq!(journal(&folder), text);
        (format!("--sandbox links 1 2 {OUTPUT}    # over {text:?}"), ran)
    });
    assert_snapshot!(transcript(runs));
}

#[test]
fn a_file_that_is_no_file() {
    let folder = folder();
    fs::create_dir(folder.path().join("links.ndjson")).unwrap();
    let ran = offerslook(&format!("--sandbox links 1 {OUTPUT}")).within(folder.path()).run();
    assert_snapshot!(ran.without_rows(), @"
    exit 1
    offerslook: cannot write links.ndjson: is a directory. Check the path, its permissions and the free space.
    ");
}

#[test]
fn two_runs_do_not_share_a_file() {
    let stuck = Service::start(|_| Reply::Never);
    let folder = folder();
    let run = || stuck.offerslook(&format!("links 1 2 {OUTPUT}")).within(folder.path());
    let mut first = run().spawn();
    stuck.wait_for(1);
    assert_snapshot!(run().run().without_rows(), @"
    exit 1
    offerslook: links.ndjson is in use by another run. Wait for that one, or name another file.
    ");
    // A run without --resume does not replace the file, either.
    let ran = offerslook("--sandbox links 16 --format csv -o links.ndjson").within(folder.path()).run();
    assert_snapshot!(ran.without_rows(), @"
    exit 1
    offerslook: links.ndjson is in use by another run. Wait for that one, or name another file.
    ");
    first.kill().unwrap();
    finish(first);
    assert_eq!(stuck.further_calls(), 0);
}

/// After a crash of the machine, zeros stand where nothing was written.
#[test]
fn zeros_at_the_end_are_cut_off() {
    let service = Service::start(found);
    let folder = folder();
    let ids = "1 2 3 --ids-per-request 1 -q";
    assert_eq!(ask(&service, folder.path(), ids).code, Some(0));
    let whole = journal(&folder);
    let first = whole.split_inclusive('\n').next().unwrap();
    for beginning in [String::new(), first.to_owned(), format!("{first}{{\"offer_id\":2,\"st")] {
        let folder = with_journal(format!("{beginning}{}", "\0".repeat(5_000)));
        let ran = ask(&service, folder.path(), ids);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        assert_eq!(journal(&folder), whole);
    }
}

/// Links with other parameters in one file would be found out by nobody.
#[test]
fn other_parameters_are_refused() {
    let service = Service::start(found);
    let folder = folder();
    let both = "1 2 -q --append aff_sub1={click_id}";
    assert_eq!(ask(&service, folder.path(), both).code, Some(0));
    let whole = journal(&folder);
    assert!(whole.contains("&aff_sub1={click_id}\""), "{whole}");
    let beginning: String = whole.split_inclusive('\n').take(1).collect();
    for others in ["1 2 -q", "1 2 -q --append aff_sub1=x", "1 2 -q --append aff_sub1={click_id} --append a=1"]
    {
        let folder = with_journal(&beginning);
        let ran = ask(&service, folder.path(), others);
        assert_eq!(ran.code, Some(2), "{others}: {}", ran.err);
        assert!(ran.err.contains("--append"), "{}", ran.err);
        assert_eq!(journal(&folder), beginning);
    }
    let folder = with_journal(&beginning);
    assert_eq!(ask(&service, folder.path(), both).code, Some(0));
    assert_eq!(journal(&folder), whole);
    // A run without parameters is not continued with some.
    let plain = Service::start(found);
    let folder = crate::command::folder();
    assert_eq!(ask(&plain, folder.path(), "1 -q").code, Some(0));
    assert_eq!(ask(&plain, folder.path(), both).code, Some(2));
}
