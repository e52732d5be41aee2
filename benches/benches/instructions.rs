//! The instructions that each case takes beside its baseline, counted by valgrind: the same on a busy machine.

#![allow(missing_docs, reason = "the macros make public items")]

use std::hint::black_box;

use gungraun::{library_benchmark, library_benchmark_group, main};
use offerslook_bench::cases;

type Link = (offerslook::TrackingLink, offerslook::Parameter);

#[library_benchmark]
#[bench::plain(cases::answer())]
#[bench::escaped(cases::escaped_answer())]
fn decode(answer: offerslook::Response) -> usize {
    black_box(cases::decode(black_box(&answer))).rows.len()
}

#[library_benchmark]
#[bench::plain(cases::answer())]
#[bench::escaped(cases::escaped_answer())]
fn decode_bare(answer: offerslook::Response) -> usize {
    black_box(cases::decode_bare(black_box(&answer))).len()
}

#[library_benchmark]
#[bench::ids((cases::account(), cases::ids()))]
fn encode((account, ids): (offerslook::Account, offerslook::OfferIds)) -> offerslook::Request {
    black_box(cases::encode(black_box(&account), black_box(&ids)))
}

#[library_benchmark]
#[bench::ids(cases::ids())]
fn encode_bare(ids: offerslook::OfferIds) -> http::Request<()> {
    black_box(cases::encode_bare(black_box(&ids)))
}

#[library_benchmark]
#[bench::link(cases::link())]
fn append(link: Link) -> offerslook::TrackingLink {
    black_box(cases::append(black_box(&link)))
}

#[library_benchmark]
#[bench::link(cases::link())]
fn append_bare(link: Link) -> String {
    black_box(cases::append_bare(black_box(&link)))
}

#[library_benchmark]
#[bench::one(1)]
#[bench::hundred(100)]
fn schedule(per_call: usize) -> usize {
    black_box(cases::schedule(10_000, black_box(per_call)))
}

#[library_benchmark]
#[bench::one(1)]
#[bench::hundred(100)]
fn schedule_bare(per_call: usize) -> usize {
    black_box(cases::schedule_bare(10_000, black_box(per_call)))
}

library_benchmark_group!(
    name = cases_and_baselines,
    benchmarks = [decode, decode_bare, encode, encode_bare, append, append_bare, schedule, schedule_bare]
);

main!(library_benchmark_groups = cases_and_baselines);
