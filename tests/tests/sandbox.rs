//! What the sandbox answers, as the client reads it: complete, without drift, and what the sandbox holds.

#![allow(clippy::unwrap_used, reason = "what a test cannot go on without ends it")]

use std::{collections::BTreeSet, fmt::Debug, num::NonZeroU32, time::Duration};

use offerslook_core::{
    Account, BaseUrl, Credentials, Endpoint, OfferId, Page, Paged,
    affiliate::{
        Comparison, Equality, Order,
        batches::{GetTrackingLinks, ListBatchOffers, OfferExtra},
        offers::{
            GetOffer, GetOfferCaps, GetOfferCreatives, GetOfferPlatforms, GetOfferTrackingLink, ListOffers,
            OfferApproval, OfferField, OfferFilter, OfferRow, OfferStatus, Platform, PlatformTarget,
            PricingType, TargetMode,
        },
    },
    job::{Quota, Rate},
    parse_with_drift,
};
use offerslook_sandbox::{AffiliateStatus, OfferKind, Sandbox, SandboxConfig};
use offerslook_transport_ureq::Client;
use serde::Serialize;

const OFFERS: u64 = 250;

/// A sandbox and a client of it.
struct Pair {
    sandbox: Sandbox,
    client: Client,
    account: Account,
}

impl Pair {
    fn new(config: SandboxConfig) -> Self {
        let sandbox = Sandbox::start(config.without_quota()).unwrap();
        let base_url: BaseUrl = sandbox.base_url().parse().unwrap();
        let credentials = Credentials::affiliate(sandbox.email(), sandbox.api_key()).unwrap();
        let account = Account::new(base_url, credentials);
        let quota = Quota::new(Rate::new(10_000, Duration::from_secs(1)).unwrap());
        let client = Client::builder(account.clone()).quota(quota).build().unwrap();
        Self { sandbox, client, account }
    }

    /// Reads the answer to a call, and fails where it holds anything that the client does not know.
    #[track_caller]
    fn read<E: Endpoint<Output: Serialize> + Debug>(&self, call: &E) -> E::Output {
        let response = self.client.execute(self.account.request(call).unwrap()).unwrap();
        let (output, drift) = parse_with_drift::<E>(&response).unwrap();
        assert!(drift.is_empty(), "{call:?}: {drift}");
        output
    }

    /// Walks through a list to its end, and fails where it is not complete.
    #[track_caller]
    fn walk<E: Paged>(&self, call: E) -> Vec<E::Row> {
        self.client.run(self.client.jobs().listing(call)).collect::<Result<_, _>>().unwrap()
    }

    fn ids(&self, which: impl Fn(u64) -> bool) -> Vec<u64> {
        (1..=OFFERS).filter(|&id| self.sandbox.offer_kind(id).is_some() && which(id)).collect()
    }
}

fn generated() -> Pair {
    Pair::new(SandboxConfig::default().offers(OFFERS))
}

fn ids(rows: &[OfferRow]) -> Vec<u64> {
    rows.iter().map(|row| row.offer.id.get()).collect()
}

fn offer_id(id: u64) -> OfferId {
    OfferId::new(id).unwrap()
}

#[test]
fn both_lists_of_offers_are_complete() {
    let pair = generated();
    let visible = pair.ids(|id| pair.client.send(&GetOffer::new(offer_id(id))).is_ok());
    assert!((240..250).contains(&visible.len()), "some are private");
    let listed = pair.walk(ListOffers::new());
    assert_eq!(ids(&listed), visible);
    assert_eq!(pair.walk(ListBatchOffers::new()), listed);

    let mut turned = pair.walk(ListOffers::new().sort_by_id(Order::Descending));
    turned.reverse();
    assert_eq!(turned, listed);

    let approved = pair.ids(|id| pair.sandbox.affiliate_status(id) == Some(AffiliateStatus::Approved));
    assert_eq!(ids(&pair.walk(ListOffers::new().personal())), approved);
    assert_eq!(ids(&pair.walk(ListBatchOffers::new().personal())), approved);
}

#[test]
fn nothing_that_is_answered_is_unknown_to_the_client() {
    let pair = generated();
    let limit = NonZeroU32::new(50).unwrap();
    let mut rows = 0;
    for page in 1..=5 {
        let page = NonZeroU32::new(page).unwrap();
        let Page { rowset, .. } =
            pair.read(&ListBatchOffers::new().with(OfferExtra::Description).at(page, limit));
        assert!(rowset.iter().all(|row| row.offer.description.is_some()));
        rows += rowset.len();
        let chosen = pair.read(&ListOffers::new().fields(OfferField::ALL.iter().copied()).at(page, limit));
        assert_eq!(chosen.rowset.len(), rowset.len());
        let past = pair.read(&ListOffers::new().at(page.saturating_add(100), limit));
        assert_eq!((past.rowset, past.total_rows), (Vec::new(), chosen.total_rows));
    }
    assert_eq!(rows, pair.walk(ListOffers::new()).len());
}

#[test]
fn what_belongs_to_an_offer_is_what_its_row_says() {
    let pair = generated();
    for row in pair.walk(ListOffers::new()) {
        let id = row.offer.id;
        assert_eq!(pair.read(&GetOffer::new(id)), row);
        assert_eq!(pair.read(&GetOfferCreatives::new(id)), row.offer_creative);
        let platforms = pair.read(&GetOfferPlatforms::new(id)).target;
        let devices = |targets: Vec<PlatformTarget>| {
            let without_ids =
                |target: PlatformTarget| (target.platform, target.system, target.version, target.is_above);
            targets.into_iter().map(without_ids).collect::<Vec<_>>()
        };
        assert_eq!(devices(platforms), devices(row.offer_platform.target));
        let cap = pair.read(&GetOfferCaps::new(id));
        assert_eq!(cap, row.offer_cap.unwrap_or_default());

        let paused = pair.sandbox.offer_kind(id.get()) == Some(OfferKind::Paused);
        assert_eq!(row.offer.status, Some(if paused { OfferStatus::Paused } else { OfferStatus::Active }));
        let links = pair.read(&GetTrackingLinks::new(id.into()));
        assert_eq!(links.rows.first().map(|link| &link.url), (!paused).then_some(&row.offer.tracking_link));
        if !paused {
            let links = pair.read(&GetOfferTrackingLink::new(id));
            assert_eq!(links.url.url().is_some(), row.offer.tracking_link.url().is_some());
            assert_eq!(links.offer_url.len(), row.offer.offer_url.len());
        }
    }
}

#[test]
fn filters_of_the_client_are_understood() {
    let pair = generated();
    let all = pair.walk(ListOffers::new());
    let check = |filter: OfferFilter, passes: &dyn Fn(&OfferRow) -> bool| {
        let expected: Vec<_> = all.iter().filter(|row| passes(row)).cloned().collect();
        assert!(!expected.is_empty() && expected.len() < all.len(), "{filter:?}");
        assert_eq!(pair.walk(ListOffers::new().filter(filter.clone())), expected, "{filter:?}");
        assert_eq!(pair.walk(ListBatchOffers::new().filter(filter.clone())), expected, "{filter:?}");
    };
    let to = |row: &OfferRow, code: &str| {
        let named = row.offer_geo.target.iter().any(|target| target.country_code.as_deref() == Some(code));
        named && row.offer_geo.kind == Some(TargetMode::Include)
    };
    check(OfferFilter::id(Comparison::LessThanOrEqualTo, offer_id(16)), &|row| row.offer.id <= offer_id(16));
    check(OfferFilter::name(Comparison::NotEqualTo, "Offer 9"), &|row| {
        row.offer.name.as_deref() != Some("Offer 9")
    });
    check(OfferFilter::geo_country(Equality::EqualTo, "AE"), &|row| to(row, "AE"));
    check(OfferFilter::geo_country(Equality::NotEqualTo, "US"), &|row| !to(row, "US"));
    check(OfferFilter::pricing_type(Comparison::EqualTo, &PricingType::CpaAndCps), &|row| {
        row.offer.pricing_type == Some(PricingType::CpaAndCps)
    });
    check(OfferFilter::offer_approval(Comparison::GreaterThan, OfferApproval::Public), &|row| {
        row.offer.offer_approval == Some(OfferApproval::Private)
    });
    check(OfferFilter::currency(Comparison::LessThan, "GBP"), &|row| {
        row.offer.currency.as_deref() == Some("EUR")
    });
    check(OfferFilter::offer_platform(Equality::EqualTo, &Platform::Tablet), &|row| {
        row.offer_platform.target.iter().any(|target| target.platform == Some(Platform::Tablet))
    });
    check(OfferFilter::status(&OfferStatus::Paused), &|row| row.offer.status == Some(OfferStatus::Paused));
}

/// What is put in comes out at the other end.
#[test]
fn loaded_offers_are_read_as_they_were_given() {
    let offer = |id: u64| {
        let (approval, standing) = match id % 3 {
            0 => ("public", "not_applied"),
            1 => ("private", "approved"),
            _ => ("require_approval", "pending"),
        };
        format!(
            r#"{{"id": {id}, "name": "Offer \"{id}\" & more", "approval": "{approval}", "affiliate_status": "{standing}",
                "payout": "{id}.{id:03}0", "pricing_type": "CPL", "end_date": {id}, "category": ["One", "Two {id}"],
                "geo": {{"include": ["AE"]}}, "cap": {{"type": "daily_count", "conversions": {id}}}}}"#
        )
    };
    let json: Vec<_> = (1_001..=1_250).map(offer).collect();
    let config = SandboxConfig::default().offers(0).offers_json(format!("[{}]", json.join(",")));
    let pair = Pair::new(config);
    let rows = pair.walk(ListBatchOffers::new());
    assert_eq!(ids(&rows), [16, 102].into_iter().chain(1_001..=1_250).collect::<Vec<_>>());
    for row in rows.iter().skip(2) {
        let (id, offer) = (row.offer.id.get(), &row.offer);
        assert_eq!(offer.name, Some(format!("Offer \"{id}\" & more")));
        assert_eq!(offer.payout.unwrap().to_string(), format!("{id}.{id:03}0"));
        assert_eq!(offer.end_date.map(offerslook_core::types::UnixTime::seconds), Some(id.cast_signed()));
        assert_eq!(offer.category.to_string(), format!("One,Two {id}"));
        assert_eq!(offer.tracking_link.url().is_some(), id % 3 != 2);
        assert_eq!(row.offer_cap.as_ref().unwrap().cap_conversion, Some(id));
        assert_eq!(pair.sandbox.affiliate_status(id) == Some(AffiliateStatus::Pending), id % 3 == 2);
    }
    let personal: BTreeSet<_> = ids(&pair.walk(ListOffers::new().personal())).into_iter().collect();
    assert_eq!(personal, [16, 102].into_iter().chain((1_001..=1_250).filter(|id| id % 3 == 1)).collect());
}
