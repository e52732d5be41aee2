//! Servers that page in the same odd way all the time: wrong totals, repeated, capped, endless and failing pages.

use offerslook_simulation::Numbers;

use super::{
    ALL, Call, Expected, Harness, MANY, ONE, Order, Reply, body, check, list, pages_from, pages_of, status,
    timed_out,
};
use crate::fixture::Answer;

fn fresh(call: &Call) -> Vec<u64> {
    (0..10).map(|row| u64::try_from(call.page).unwrap() * 10 + row).collect()
}

/// Reads pages of 50 of a list of so many rows.
#[track_caller]
fn check_list(
    name: &str,
    count: usize,
    end: &str,
    most_calls: usize,
    server: impl Fn(Reply, &Call) -> Answer,
) {
    let rows = list(count);
    let expected = (Some(&rows[..]), end, most_calls);
    let name = format!("{name}, {count} rows");
    check(&name, &ALL, pages_of(50), expected, |call| server(Reply::honest(&rows, call), call));
}

#[test]
fn the_number_of_pages_does_not_matter() {
    for count in [1, 49, 50, 234, 250, 1_234] {
        let pages = usize::div_ceil(count, 50);
        for said in [0, 1, 3, 4, 6, 7, 9, 99, 4_000_000_000].map(Some).into_iter().chain([None]) {
            let most = pages + 2 + usize::from(said > Some(pages));
            let name = format!("{said:?} pages");
            let totals = |reply: Reply| reply.totals(Some(count), said);
            check_list(&name, count, "complete", most, |reply, _| totals(reply).ok());
            check_list(&name, count, "complete", usize::MAX, |reply, _| totals(reply).or_404());
            // No rows are announced past the end.
            check_list(&name, count, "complete", most, |reply, _| match reply.rows.len() {
                0 => reply.totals(Some(0), Some(0)).ok(),
                _ => totals(reply).ok(),
            });
            // Every page is the whole list.
            if count == 234 && said.is_none_or(|said| said <= 6) {
                check_list(&name, count, "complete", 3, |_, _| {
                    totals(Reply::cut(&list(count), 1, count)).ok()
                });
            }
        }
    }
    let rows = list(250);
    let outcome = ONE.run(pages_of(50), |call| Reply::honest(&rows, call).totals(Some(250), Some(99)).ok());
    let pages: Vec<_> = outcome.calls.iter().map(|call| call.page).collect();
    assert_eq!((&pages[..6], pages.len()), (&[1, 2, 3, 4, 5, 6][..], 8), "one page without rows is the end");
}

#[test]
fn totals_that_are_wrong_or_missing() {
    for pages in [None, Some(5), Some(1), Some(99)] {
        let name = format!("no total, {pages:?} pages");
        check_list(&name, 234, "TotalUnknown", 5 + 8 + 2, |reply, _| reply.totals(None, pages).ok());
        // A server that counts the rows of the page instead of those of the list.
        let server = |call: &Call| {
            let reply = Reply::honest(&list(234), call);
            let count = reply.rows.len();
            reply.totals(Some(count), pages).ok()
        };
        check("the total of the page", &ALL, pages_of(50), (None, "incomplete", 20), server);
    }
    check_list("no totals, and 404", 250, "incomplete", 20, |reply, _| reply.totals(None, None).or_404());
    for (pages, end) in [(&[1][..], "complete"), (&[2, 3, 4, 5], "TotalUnknown"), (&[3], "TotalUnknown")] {
        check_list("some totals, of which the first decides", 234, end, 15, |reply, call| {
            reply.totals(pages.contains(&call.page).then_some(234), None).ok()
        });
    }
    for (count, more) in [(234, 1), (250, 5), (250, 60), (30, 1_000_000)] {
        let said = count + more;
        check_list("more", count, "incomplete", 40, |reply, _| {
            reply.totals(Some(said), Some(said.div_ceil(50))).ok()
        });
    }
    for said in [0, 1, 10, 50, 100, 120, 200, 233] {
        let server = |call: &Call| Reply::honest(&list(234), call).totals(Some(said), Some(5)).ok();
        check(&format!("{said} of 234"), &ALL, pages_of(50), (None, "incomplete", 20), server);
    }
}

#[test]
fn the_reason_is_the_true_one() {
    let thirty = list(30);
    let expected = |end| (Some(&thirty[..]), end, 20);
    check(
        "a total that differs on a page of known rows",
        &[ONE],
        pages_of(10),
        expected("Changed"),
        |call| {
            let reply = Reply::cut(&thirty, call.page.min(3), call.limit);
            reply.totals(Some(30 + usize::from(call.page == 4)), Some(4)).ok()
        },
    );
    let end = expected("NothingNew { page: 6 }");
    check("a total that is too high", &[ONE], pages_of(10), end, |call| {
        Reply::honest(&thirty, call).totals(Some(70), None).ok()
    });
    let end = expected("RowsDiffer { total: 25 }");
    check("a total that is too low is no reason to stop", &[ONE], pages_of(10), end, |call| {
        Reply::honest(&thirty, call).totals(Some(25), Some(3)).ok()
    });
}

#[test]
fn lists_without_rows() {
    check_list("an honest one", 0, "complete", 1, |reply, _| reply.ok());
    // What PHP makes of an empty object.
    for data in ["[]", "null", r#"{"rowset":[],"totalPages":0}"#] {
        check_list(data, 0, "complete", 3, |_, _| body(data));
    }
}

#[test]
fn rows_that_repeat() {
    for (known, again) in [(3, 7), (40, 150)] {
        let mut rows = list(234);
        rows[again] = rows[known];
        let mut distinct = rows.clone();
        distinct.remove(again);
        let expected = (Some(&distinct[..]), "incomplete", 40);
        check("repeated", &ALL, pages_of(50), expected, |call| Reply::honest(&rows, call).ok());
        let expected = (Some(&distinct[..]), "complete", 40);
        let server = |call: &Call| Reply::honest(&rows, call).totals(Some(distinct.len()), Some(5)).ok();
        check("repeated and not counted", &ALL, pages_of(50), expected, server);
    }
    let rows = list(60);
    let half_known = |call: &Call| {
        let page = rows.iter().skip((call.page - 1) * 5).take(10).copied().collect();
        Reply { rows: page, total_rows: Some(60), total_pages: None, limit: Some(10) }.ok()
    };
    check("half of a page", &[ONE], pages_of(10), (Some(&rows), "complete", 20), half_known);
}

/// Servers that cap the size of a page without saying so. The page number counts capped pages or asked ones.
#[test]
fn a_cap_on_the_size_of_a_page() {
    const CAP: usize = 3;
    let own = |rows: &[u64], call: &Call| Reply::cut(rows, call.page, call.limit.min(CAP));
    let asked = |rows: &[u64], call: &Call| {
        let mut reply = Reply::honest(rows, call);
        reply.rows.truncate(CAP);
        reply
    };
    for count in [1, 2, 3, 4, 5, 6, 14, 15, 16, 124] {
        let rows = list(count);
        let check = |name: &str, server: &dyn Fn(&Call) -> Reply| {
            let expected = (Some(&rows[..]), "complete", count.div_ceil(CAP) + 3);
            check(name, &ALL, Numbers::default(), expected, |call| server(call).ok());
        };
        check("own pages", &|call| own(&rows, call));
        check("asked pages", &|call| asked(&rows, call));
        check("own pages, counted by the asked limit", &|call| {
            own(&rows, call).totals(Some(count), Some(count.div_ceil(call.limit)))
        });
        if count > CAP {
            check("own pages, no limit said", &|call| Reply { limit: None, ..own(&rows, call) });
            let said = |call: &Call| Reply { limit: Some(call.limit), ..own(&rows, call) };
            check("own pages, the asked limit said", &said);
            check("asked pages, no limit said", &|call| Reply { limit: None, ..asked(&rows, call) });
        }
    }
    // The caller's limit is asked for as it is, so the gaps between such pages cannot be filled.
    let rows = list(124);
    check("gaps", &ALL, pages_of(5), (None, "incomplete", 60), |call| asked(&rows, call).ok());
    check("no gaps", &ALL, pages_of(5), (Some(&rows), "complete", 60), |call| own(&rows, call).ok());
}

#[test]
fn offsets_that_are_no_page_numbers() {
    let rows = list(1_234);
    // What the reference says of `offset`, taken literally: a number of rows to skip.
    check("rows to skip", &ALL, pages_of(50), (None, "incomplete", 12), |call| {
        let page = rows.iter().skip(call.page).take(call.limit).copied().collect();
        Reply { rows: page, ..Reply::honest(&rows, call) }.ok()
    });
    // The pages before the first one may be repeated or shorter, too, so it may begin elsewhere.
    let rows = list(60);
    let from_third = pages_from(3, 10);
    check("a cut page", &[ONE], from_third, (None, "RowsDiffer { total: 60 }", 60), |call| {
        Reply::cut(&rows, call.page, 5).totals(Some(60), None).ok()
    });
    let expected = (Some(&rows[20..]), "RowsDiffer { total: 60 }", 60);
    check("a repeated page", &[ONE], from_third, expected, |call| {
        Reply::cut(&rows, call.page - usize::from(call.page > 3), call.limit).ok()
    });
}

#[test]
fn the_callers_limit_and_first_page_are_kept() {
    let rows = list(234);
    let expected = (Some(&rows[100..]), "complete", 5);
    check("from the third page", &ALL, pages_from(3, 50), expected, |call| {
        assert!(call.limit == 50 && call.page >= 3, "{call:?}");
        Reply::honest(&rows, call).ok()
    });
    let last = usize::try_from(u32::MAX).unwrap();
    for first in [last, last - 1, last - 5] {
        let rows: Vec<_> = (first..=last).map(|page| page.try_into().unwrap()).collect();
        let expected = (Some(&rows[..]), "incomplete", 20);
        check("the last page that has a number", &ALL, pages_from(first, 50), expected, |call| {
            let rows = vec![call.page.try_into().unwrap()];
            Reply { rows, total_rows: Some(usize::MAX), total_pages: Some(last), limit: None }.ok()
        });
    }
}

#[test]
fn calls_fly_together_and_none_is_wasted() {
    let rows = list(2_000);
    for harness in ALL {
        let outcome = harness.run(pages_of(10), |call| Reply::honest(&rows, call).ok());
        assert_eq!(outcome.rows, rows);
        assert_eq!((outcome.end().as_str(), outcome.most_in_flight), ("complete", harness.in_flight));
        assert!(outcome.calls.len() <= 202);
    }
    for count in [0, 1, 49] {
        // A single answer cannot contradict itself.
        check_list("one page", count, "complete", 1, |reply, _| reply.ok());
    }
}

#[test]
fn a_page_that_fails_once_is_read_again() {
    let failures = [|| status(429), || status(500), timed_out, || body(r#"{"rows"#)];
    for (failed, failure) in (1..=5).flat_map(|page| failures.map(|failure| (page, failure))) {
        check_list("fails once", 234, "complete", 5 + 2 + 1, |reply, call| {
            if call.page == failed && call.reads == 0 { failure() } else { reply.ok() }
        });
    }
    // Also the reads at the end that prove the list.
    for number in 5..8 {
        check_list("fails at the end", 234, "complete", 5 + 2 + 1, |reply, call| {
            if call.number == number { status(429) } else { reply.ok() }
        });
    }
}

#[test]
fn pages_behind_a_failed_one_are_kept() {
    let refuse = |reply: Reply, is_refused: bool| if is_refused { status(400) } else { reply.ok() };
    for (count, failed) in [(234, 2), (234, 3), (234, 4), (234, 5), (200, 2), (200, 3), (150, 3), (100, 2)] {
        let rows = list(count);
        let read = [&rows[..(failed - 1) * 50], rows.get(failed * 50..).unwrap_or_default()].concat();
        let end = format!("page {failed}: Some(Refused)");
        let expected: Expected<'_> = (Some(&read), &end, 20);
        check(&end, &ALL, pages_of(50), expected, |call| {
            refuse(Reply::honest(&rows, call), call.page == failed)
        });
    }
    let rows = list(500);
    let read = [&rows[..100], &rows[150..350], &rows[400..]].concat();
    let expected: Expected<'_> = (Some(&read), "page 3: Some(Refused)", 20);
    check("two failed pages", &ALL, pages_of(50), expected, |call| {
        refuse(Reply::honest(&rows, call), [3, 8].contains(&call.page))
    });
    check("all", &ALL, pages_of(50), (Some(&[]), "page 1: Some(Refused)", 1), |_| status(400));
    for code in [400, 404] {
        check_list("a check at the end that fails", 234, "page 1: Some(Refused)", 20, |reply, call| {
            if call.page == 1 && call.reads > 0 { status(code) } else { reply.ok() }
        });
    }
    let rows = list(234);
    let read = [&rows[..50], &rows[100..]].concat();
    let expected: Expected<'_> = (Some(&read), "incomplete", 20);
    check("a row that cannot be read", &ALL, pages_of(50), expected, |call| match call.page {
        2 => body(r#"{"rowset":[{"id":"what"}],"totalRows":234,"totalPages":5}"#),
        _ => Reply::honest(&rows, call).ok(),
    });
}

/// Lists without an end. Never complete, and never without an end.
#[test]
fn endless_lists_end() {
    /// How many pages are read at most where the first page does not say how many there are, and where it does.
    const MAX_UNANNOUNCED: usize = 10_000;
    const MAX_ANNOUNCED: usize = 100_000;
    let few = [MANY, Harness { in_flight: 3, order: Order::Seeded(3), ..MANY }, ONE];
    let check = |name: &str, most_calls: usize, server: &dyn Fn(&Call) -> Reply| {
        let harnesses = if most_calls < MAX_UNANNOUNCED { &few[..] } else { &[ONE] };
        check(name, harnesses, pages_of(10), (None, "incomplete", most_calls), |call| server(call).ok());
    };
    let new = |call: &Call, total_rows, total_pages| Reply {
        rows: fresh(call),
        total_rows,
        total_pages,
        limit: Some(10),
    };
    check("a total that is passed", 20, &|call| new(call, Some(35), None));
    check("totals that are passed", 20, &|call| new(call, Some(35), Some(4)));
    check("a total that is passed, and more pages", 99, &|call| new(call, Some(40), Some(99)));
    check("no totals", MAX_UNANNOUNCED, &|call| new(call, None, None));
    check("one page more", MAX_UNANNOUNCED, &|call| new(call, None, Some(call.page + 1)));
    check("growing totals", MAX_UNANNOUNCED, &|call| {
        new(call, Some((call.page + 1) * 10), Some(call.page + 1))
    });
    check("a growing total", MAX_UNANNOUNCED, &|call| new(call, Some((call.number + 3) * 10), None));
    check("a row on every page", MAX_ANNOUNCED, &|call| Reply {
        rows: vec![call.page.try_into().unwrap()],
        ..new(call, Some(usize::MAX), Some(4_000_000_000))
    });
    let same = |total_rows, total_pages| Reply { rows: list(10), total_rows, total_pages, limit: None };
    check("the same rows and a growing total", 60, &|call| same(Some((call.number + 2) * 10), None));
    let rows = list(35);
    let last = |call: &Call| Reply::cut(&rows, call.page.min(4), call.limit);
    check("the last page for ever", 60, &|call| last(call).totals(Some(50), Some(5)));
    for total_pages in [None, Some(3), Some(4_000_000_000)] {
        check("empty pages", 40, &|_| Reply { rows: Vec::new(), ..same(Some(usize::MAX), total_pages) });
    }
}

#[test]
fn endless_lists_keep_their_rows() {
    for total_rows in [None, Some(100), Some(1_000_000)] {
        for total_pages in [None, Some(10), Some(1_000_000)] {
            let same = Reply { rows: list(10), total_rows, total_pages, limit: None };
            let expected = (Some(&same.rows[..]), "incomplete", 60);
            check("the same rows", &ALL, pages_of(10), expected, |_| same.clone().ok());
        }
    }
    let rows = list(35);
    check("the last page for ever", &ALL, pages_of(10), (Some(&rows), "complete", 60), |call| {
        Reply::cut(&rows, call.page.min(4), call.limit).totals(Some(35), None).ok()
    });
    let refused = |is_refused: fn(usize) -> bool| {
        move |call: &Call| {
            let reply = Reply { rows: fresh(call), total_rows: Some(6_000), ..Reply::default() };
            if is_refused(call.page) { status(404) } else { reply.ok() }
        }
    };
    let one: Vec<_> = (10..20).collect();
    let half: Vec<_> = (10..6_000).filter(|id| id / 10 % 2 == 1).collect();
    let expected: Expected<'_> = (Some(&one), "incomplete", 40);
    check("all other pages refused", &ALL, pages_of(10), expected, refused(|page| page > 1));
    let expected: Expected<'_> = (Some(&half), "incomplete", 601);
    check("every other page refused", &ALL, pages_of(10), expected, refused(|page| page % 2 == 0));
}
