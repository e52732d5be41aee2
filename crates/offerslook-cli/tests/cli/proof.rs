//! Ids without a row: what is proved, what is not, and what the user says about it.

use insta::assert_snapshot;

use crate::service::{Service, found, rows};

/// Nothing comes for any id: without an id that is known to have a row, nothing can be proved.
#[test]
fn what_cannot_be_proved_is_unproved_and_ends_with_3() {
    let service = Service::start(|_| rows([]));
    let ran = service.offerslook("links --from - --format csv").input(crate::command::ids_to(30)).run();
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(ran.out.contains(",unproved,"), "{}", ran.out);
    assert!(ran.err.contains("nothing proves that there is none"), "{}", ran.err);
    assert!(ran.err.contains(" unproved; "), "{}", ran.err);
}

#[test]
fn a_trusted_network_needs_no_proof() {
    let service = Service::start(|_| rows([]));
    let ran = service.offerslook("links 1 2 3 --trust-missing --format csv").run();
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert_snapshot!(format!("{}{}", ran.out, ran.err), @"
    offer_id,status,url,impression_pixel,error
    1,absent,,,
    2,absent,,,
    3,absent,,,
    offerslook: warning: 3 ids without a row count as absent without proof (--trust-missing).
    offerslook: 3 ids: 3 absent; 1 call
    ");
    assert_eq!(service.further_calls(), 1);
}

#[test]
fn all_found_needs_no_warning() {
    let service = Service::start(found);
    let ran = service.offerslook("links 1 2 3 --format csv").run();
    assert_eq!(ran.code, Some(0));
    assert_snapshot!(ran.err, @"offerslook: 3 ids: 3 found; 1 call");
}
