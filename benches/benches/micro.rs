//! The time that each case takes beside its baseline.

use divan::{Bencher, black_box, counter::ItemsCount};
use offerslook_bench::cases;

fn main() {
    divan::main();
}

#[divan::bench_group]
mod decode_100_rows {
    use super::{Bencher, black_box, cases};

    #[divan::bench(args = ["plain", "escaped"])]
    fn client(bencher: Bencher<'_, '_>, body: &str) {
        let answer = answer(body);
        bencher.bench_local(|| cases::decode(black_box(&answer)));
    }

    #[divan::bench(args = ["plain", "escaped"])]
    fn serde_json(bencher: Bencher<'_, '_>, body: &str) {
        let answer = answer(body);
        bencher.bench_local(|| cases::decode_bare(black_box(&answer)));
    }

    fn answer(body: &str) -> offerslook::Response {
        if body == "escaped" { cases::escaped_answer() } else { cases::answer() }
    }
}

#[divan::bench_group]
mod encode_100_ids {
    use super::{Bencher, black_box, cases};

    #[divan::bench]
    fn client(bencher: Bencher<'_, '_>) {
        let (account, ids) = (cases::account(), cases::ids());
        bencher.bench_local(|| cases::encode(black_box(&account), black_box(&ids)));
    }

    #[divan::bench]
    fn format(bencher: Bencher<'_, '_>) {
        let ids = cases::ids();
        bencher.bench_local(|| cases::encode_bare(black_box(&ids)));
    }
}

#[divan::bench_group]
mod append_to_a_link {
    use super::{Bencher, black_box, cases};

    #[divan::bench]
    fn client(bencher: Bencher<'_, '_>) {
        let link = cases::link();
        bencher.bench_local(|| cases::append(black_box(&link)));
    }

    #[divan::bench]
    fn format(bencher: Bencher<'_, '_>) {
        let link = cases::link();
        bencher.bench_local(|| cases::append_bare(black_box(&link)));
    }
}

#[divan::bench_group]
mod schedule_10_000_ids {
    use super::{Bencher, ItemsCount, black_box, cases};

    #[divan::bench(args = [1, 100])]
    fn client(bencher: Bencher<'_, '_>, per_call: usize) {
        bencher
            .counter(ItemsCount::new(10_000_u32))
            .bench_local(|| cases::schedule(10_000, black_box(per_call)));
    }

    #[divan::bench(args = [1, 100])]
    fn plain_loop(bencher: Bencher<'_, '_>, per_call: usize) {
        bencher
            .counter(ItemsCount::new(10_000_u32))
            .bench_local(|| cases::schedule_bare(10_000, black_box(per_call)));
    }
}
