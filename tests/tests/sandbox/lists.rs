//! Offers, in lists and one by one.

use std::{collections::BTreeSet, num::NonZeroU32};

use offerslook_core::{
    OfferId, Page, Paged,
    affiliate::{
        Comparison, Equality, Order,
        batches::{GetTrackingLinks, ListBatchOffers, OfferExtra},
        offers::{
            GetOffer, GetOfferCaps, GetOfferCreatives, GetOfferPlatforms, GetOfferTrackingLink, ListOffers,
            OfferApproval, OfferField, OfferFilter, OfferRow, OfferStatus, Platform, PlatformTarget,
            PricingType, TargetMode,
        },
    },
};
use offerslook_sandbox::{AffiliateStatus, OfferKind, SandboxConfig};

use crate::Affiliate;

const OFFERS: u64 = 250;

fn generated() -> Affiliate {
    Affiliate::of(SandboxConfig::default().offers(OFFERS))
}

/// The ids of the offers of which this is true.
fn ids_where(affiliate: &Affiliate, is_one: impl Fn(u64) -> bool) -> Vec<u64> {
    (1..=OFFERS).filter(|&id| affiliate.sandbox.offer_kind(id).is_some() && is_one(id)).collect()
}

fn ids(rows: &[OfferRow]) -> Vec<u64> {
    rows.iter().map(|row| row.offer.id.get()).collect()
}

fn offer_id(id: u64) -> OfferId {
    OfferId::new(id).unwrap()
}

#[test]
fn both_lists_of_offers_are_complete() {
    let affiliate = generated();
    let visible = ids_where(&affiliate, |id| affiliate.client.send(&GetOffer::new(offer_id(id))).is_ok());
    assert!((240..250).contains(&visible.len()), "some are private");
    let listed = affiliate.walk(ListOffers::new());
    assert_eq!(ids(&listed), visible);
    assert_eq!(affiliate.walk(ListBatchOffers::new()), listed);

    assert_eq!(affiliate.walk(ListOffers::new().sort_by_id(Order::Ascending)), listed);
    let mut turned = affiliate.walk(ListOffers::new().sort_by_id(Order::Descending));
    assert_eq!(affiliate.walk(ListBatchOffers::new().sort_by_id(Order::Descending)), turned);
    turned.reverse();
    assert_eq!(turned, listed);

    let approved =
        ids_where(&affiliate, |id| affiliate.sandbox.affiliate_status(id) == Some(AffiliateStatus::Approved));
    assert_eq!(ids(&affiliate.walk(ListOffers::new().personal())), approved);
    assert_eq!(ids(&affiliate.walk(ListBatchOffers::new().personal())), approved);
}

#[test]
fn nothing_that_is_answered_is_unknown_to_the_client() {
    let affiliate = generated();
    let limit = NonZeroU32::new(50).unwrap();
    let mut rows = 0;
    for page in 1..=5 {
        let page = NonZeroU32::new(page).unwrap();
        let Page { rowset, .. } =
            affiliate.ask(&ListBatchOffers::new().with(OfferExtra::Description).at(page, limit));
        assert!(rowset.iter().all(|row| row.offer.description.is_some()));
        rows += rowset.len();
        let chosen =
            affiliate.ask(&ListOffers::new().fields(OfferField::ALL.iter().copied()).at(page, limit));
        assert_eq!(chosen.rowset.len(), rowset.len());
        let past = affiliate.ask(&ListOffers::new().at(page.saturating_add(100), limit));
        assert_eq!((past.rowset, past.total_rows), (Vec::new(), chosen.total_rows));
    }
    assert_eq!(rows, affiliate.walk(ListOffers::new()).len());
}

#[test]
fn what_belongs_to_an_offer_is_what_its_row_says() {
    let affiliate = generated();
    for row in affiliate.walk(ListOffers::new()) {
        let id = row.offer.id;
        assert_eq!(affiliate.ask(&GetOffer::new(id)), row);
        assert_eq!(affiliate.ask(&GetOfferCreatives::new(id)), row.offer_creative);
        let platforms = affiliate.ask(&GetOfferPlatforms::new(id)).target;
        let devices = |targets: Vec<PlatformTarget>| {
            let without_ids =
                |target: PlatformTarget| (target.platform, target.system, target.version, target.is_above);
            targets.into_iter().map(without_ids).collect::<Vec<_>>()
        };
        assert_eq!(devices(platforms), devices(row.offer_platform.target));
        let cap = affiliate.ask(&GetOfferCaps::new(id));
        assert_eq!(cap, row.offer_cap.unwrap_or_default());

        let kind = affiliate.sandbox.offer_kind(id.get()).unwrap();
        let has_link = matches!(kind, OfferKind::Approved | OfferKind::Public);
        assert_eq!(row.offer.offer_url.is_empty(), !has_link);
        let paused = kind == OfferKind::Paused;
        assert_eq!(row.offer.status, Some(if paused { OfferStatus::Paused } else { OfferStatus::Active }));
        let links = affiliate.ask(&GetTrackingLinks::new(id.into()));
        let of_link = links.rows.first().map(|link| (&link.url, &link.impression_pixel));
        assert_eq!(of_link, (!paused).then_some((&row.offer.tracking_link, &row.offer.impression_pixel)));
        if !paused {
            let links = affiliate.ask(&GetOfferTrackingLink::new(id));
            assert_eq!(links.url.url().is_some(), row.offer.tracking_link.url().is_some());
            assert_eq!(links.offer_url.len(), row.offer.offer_url.len());
        }
    }
}

#[test]
fn filters_of_the_client_are_understood() {
    let affiliate = generated();
    let all = affiliate.walk(ListOffers::new());
    let check = |filter: OfferFilter, passes: &dyn Fn(&OfferRow) -> bool| {
        let expected: Vec<_> = all.iter().filter(|row| passes(row)).cloned().collect();
        assert!(!expected.is_empty() && expected.len() < all.len(), "{filter:?}");
        assert_eq!(affiliate.walk(ListOffers::new().filter(filter.clone())), expected, "{filter:?}");
        assert_eq!(affiliate.walk(ListBatchOffers::new().filter(filter.clone())), expected, "{filter:?}");
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
    let affiliate = Affiliate::of(config);
    let rows = affiliate.walk(ListBatchOffers::new());
    assert_eq!(ids(&rows), [16, 102].into_iter().chain(1_001..=1_250).collect::<Vec<_>>());
    for row in rows.iter().skip(2) {
        let (id, offer) = (row.offer.id.get(), &row.offer);
        assert_eq!(offer.name, Some(format!("Offer \"{id}\" & more")));
        assert_eq!(offer.payout.unwrap().to_string(), format!("{id}.{id:03}0"));
        assert_eq!(offer.end_date.map(offerslook_core::types::UnixTime::seconds), Some(id.cast_signed()));
        assert_eq!(offer.category.to_string(), format!("One,Two {id}"));
        assert_eq!(offer.tracking_link.url().is_some(), id % 3 != 2);
        assert_eq!(row.offer_cap.as_ref().unwrap().cap_conversion, Some(id));
        assert_eq!(affiliate.sandbox.affiliate_status(id) == Some(AffiliateStatus::Pending), id % 3 == 2);
    }
    let personal: BTreeSet<_> = ids(&affiliate.walk(ListOffers::new().personal())).into_iter().collect();
    assert_eq!(personal, [16, 102].into_iter().chain((1_001..=1_250).filter(|id| id % 3 == 1)).collect());
}
