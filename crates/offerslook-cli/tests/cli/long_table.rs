//! Tables of more rows than are held to find the widths of the columns.

use std::{
    io::{BufRead, BufReader},
    sync::mpsc,
    thread,
};

use crate::{
    command::{LIMIT, ids_to},
    service::{Reply, Service, found, link, rows},
};

/// Whoever ends such a run early has the rows so far, and they need no memory.
#[cfg(unix)]
#[test]
fn its_rows_follow_while_the_run_goes_on() {
    let service = Service::start(|call| if call.number < 150 { found(call) } else { Reply::Never });
    let mut child = service.offerslook("--quota 1000/1 links --from -").input(ids_to(20_000)).spawn();
    let stdout = BufReader::new(child.stdout.take().unwrap());
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || stdout.lines().try_for_each(|line| sender.send(line.unwrap())));
    let header = lines.recv_timeout(LIMIT).expect("it begins before it ends");
    assert!(header.starts_with("offer_id  status  url "), "{header}");
    for id in 1..=11_000 {
        let row = lines.recv_timeout(LIMIT).expect("a row per id");
        assert!(row.starts_with(&format!("{id} ")), "{row}");
    }
    crate::command::signal(&child, "-INT");
    assert_eq!(crate::command::finish(child).code, Some(130));
}

/// Nothing further down is left out: no column, and no end of a cell.
#[test]
fn it_grows_with_its_cells() {
    const LONG: &str = "https://click.example/a-link-that-is-longer-than-all-the-others?offer_id=10900";
    let service = Service::start(|call| {
        rows(call.ids.iter().map(|id| match id {
            10_900 => format!(r#"{{"offer_id":10900,"url":"{LONG}","impression_pixel":"<img>"}}"#),
            10_950 => r#"{"offer_id":10950,"url":"Need to apply"}"#.to_owned(),
            _ => link(*id),
        }))
    });
    let ran = service.offerslook("--quota 1000/1 links --from -").input(ids_to(11_000)).run();
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    let lines: Vec<_> = ran.out.lines().collect();
    assert_eq!(lines.len(), 11_001);
    assert_eq!(lines[0].split_whitespace().last(), Some("error"), "{}", lines[0]);
    let column_of = |line: &str, text: &str| line.find(text).unwrap_or_else(|| panic!("{line}"));
    assert_eq!(column_of(lines[0], "url"), column_of(lines[10_000], "https:"));
    assert_eq!(column_of(lines[0], "impression_pixel"), column_of(lines[10_000], "<img"));
    assert!(lines[10_900].contains(&format!("{LONG}  <img>")), "{}", lines[10_900]);
    assert_eq!(column_of(lines[10_900], "<img>"), column_of(lines[10_949], "<img"));
    assert_eq!(lines[10_950].split_whitespace().collect::<Vec<_>>(), ["10950", "unapproved"]);
    assert!(lines.iter().all(|line| line.trim_end() == *line));
}
