//! A listing under any answers in any order at any time: no row twice, complete only if it is, and an end.
#![no_main]

use std::{collections::BTreeSet, num::NonZeroU32};

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use offerslook_core::{
    Encoder, Endpoint, Page, Paged, Payload, Spec,
    job::{Job, Listing},
};
use offerslook_fuzz::{Reply, Script, account, answer, drive};

#[derive(Arbitrary, Debug)]
struct Input {
    script: Script,
    list: Vec<u8>,
    limit: Option<u8>,
    page: Option<u8>,
    has_totals: bool,
    seed: u64,
}

/// `GET /aff/v1/things`
struct Things {
    page: Option<NonZeroU32>,
    limit: Option<NonZeroU32>,
}

#[derive(Debug, serde::Deserialize)]
struct Thing {
    id: u64,
}

impl Endpoint for Things {
    const SPEC: Spec = Spec::get("list_things", "/aff/v1/things", Payload::Whole);
    type Output = Page<Thing>;

    fn encode(&self, request: &mut Encoder) {
        if let (Some(page), Some(limit)) = (self.page, self.limit) {
            request.query("offset", page).query("limit", limit);
        }
    }
}

impl Paged for Things {
    type Row = Thing;
    type Id = u64;
    const MAX_ROWS_PER_PAGE: NonZeroU32 = NonZeroU32::new(20).unwrap();

    fn at(&self, page: NonZeroU32, limit: NonZeroU32) -> Self {
        Self { page: Some(page), limit: Some(limit) }
    }

    fn first_page(&self) -> Option<NonZeroU32> {
        self.page
    }

    fn page_limit(&self) -> Option<NonZeroU32> {
        self.limit
    }

    fn id_of(row: &Thing) -> u64 {
        row.id
    }
}

fuzz_target!(|input: Input| {
    let mut seen = BTreeSet::new();
    let list: Vec<u8> = input.list.iter().copied().filter(|id| seen.insert(*id)).collect();
    let things = Things {
        page: input.page.and_then(|page| NonZeroU32::new(page.into())),
        limit: input.limit.and_then(|limit| NonZeroU32::new((limit % 21).into())),
    };
    let first = things.page.map_or(1, NonZeroU32::get) as usize;
    let limit = things.limit.unwrap_or(Things::MAX_ROWS_PER_PAGE).get() as usize;
    let (options, quota) = input.script.options();
    let mut job = Listing::new(account(), things, options, &quota, input.seed);
    let items = drive(&mut job, &input.script, |attempt, reply| {
        answer(
            reply,
            || page(&input, &list, attempt.request.uri().query().unwrap()),
            r#"{"code":0,"data":{"rowset":[{"id":"#,
        )
    });
    let rows: Vec<u64> = items.iter().map_while(|item| item.as_ref().ok()).map(|row| row.id).collect();
    assert!(items.len() - rows.len() <= 1, "an item after the error that ends the listing");
    assert_eq!(job.progress().done, rows.len() as u64);
    assert_eq!(rows.iter().collect::<BTreeSet<_>>().len(), rows.len(), "a row twice");
    if input.script.replies.iter().all(Reply::is_honest_or_failure) {
        let expected: Vec<u64> = list.iter().skip((first - 1) * limit).map(|id| (*id).into()).collect();
        // Pages that fail leave gaps.
        let mut rest = expected.iter();
        assert!(rows.iter().all(|row| rest.any(|next| next == row)), "{rows:?} of {expected:?}");
        assert!(items.len() > rows.len() || rows == expected, "it is not complete: {rows:?} of {expected:?}");
    }
});

fn page(input: &Input, list: &[u8], query: &str) -> String {
    let number = |name| {
        let mut fields = query.split('&').filter_map(|field| field.split_once('='));
        fields.find(|(field, _)| *field == name).unwrap().1.parse::<usize>().unwrap()
    };
    let (page, limit) = (number("offset"), number("limit"));
    let rows = list.iter().skip((page - 1) * limit).take(limit);
    let rows: Vec<_> = rows.map(|id| format!(r#"{{"id":{id}}}"#)).collect();
    let totals = if input.has_totals {
        format!(r#","totalRows":{},"totalPages":{}"#, list.len(), list.len().div_ceil(limit))
    } else {
        String::new()
    };
    format!(r#"{{"code":0,"data":{{"rowset":[{}]{totals}}}}}"#, rows.join(","))
}
