use std::fs;

use crate::command::{Ran, folder, offerslook};

fn ids(ran: &Ran) -> Vec<u64> {
    ran.rows().iter().map(|row| row["offer_id"].as_u64().unwrap()).collect()
}

#[test]
fn arguments_may_be_written_in_any_way() {
    for arguments in ["16 102 7", "16,102,7", "16,102 7", "16, 102, 7", "16 ,102 7 16"] {
        let ran = offerslook(&format!("-q --sandbox --format ndjson links {arguments}")).run();
        assert_eq!(ids(&ran), [16, 102, 7], "{arguments}");
    }
}

#[test]
fn a_file_comes_after_the_arguments_and_every_id_counts_once() {
    let folder = folder();
    fs::write(folder.path().join("ids.txt"), "\u{feff}7\r\n16, 9\r\n\r\n102 9\r\n").unwrap();
    let ran = offerslook("--sandbox -v --format ndjson links 102 --from ids.txt").within(folder.path()).run();
    assert_eq!(ids(&ran), [102, 7, 16, 9]);
    assert!(ran.err.contains("repeated ids: 2"), "{}", ran.err);
}

#[test]
fn global_options_stand_on_either_side() {
    let before = offerslook("--sandbox --format csv -q links 16").run();
    let after = offerslook("links 16 --sandbox --format csv -q").run();
    assert_eq!(before.out, after.out);
    assert_eq!((before.code, after.code), (Some(0), Some(0)));
}
