//! Calls that change something.

use std::collections::BTreeSet;

use offerslook_core::{
    Endpoint, Error, IdError, OfferId, OfferIds,
    affiliate::{
        Comparison, Order,
        batches::{ApplyToOffers, GetTrackingLinks},
        offer_postbacks::{
            CreatePostback, DeletePostback, GetPostback, ListPostbacks, PostbackCode, PostbackField,
            PostbackFilter, PostbackId, PostbackKind, PostbackScope, PostbackStatus, UpdatePostback,
        },
        offers::{
            ApplicationStatus, ApplyToOffer, ConversionProtocol, GetOfferPostbacks, GetOfferTrackingLink,
            ListOffers, OfferFilter,
        },
        sub_affiliate_approval::{ListSubAffiliateRules, RuleScope},
    },
};
use offerslook_sandbox::{ApplicationRule, OfferKind, SandboxConfig};
use serde::Serialize;

use crate::Affiliate;

impl Affiliate {
    fn new() -> Self {
        Self::of(SandboxConfig::default())
    }

    /// The status of an answer that has to be a refusal.
    #[track_caller]
    fn refusal<E: Endpoint<Output: Serialize>>(&self, call: &E) -> u16 {
        match self.try_ask(call) {
            Err(Error::Api(error)) => error.status.as_u16(),
            _ => panic!("not refused"),
        }
    }

    /// The first offers of that kind.
    fn offers(&self, kind: OfferKind) -> impl Iterator<Item = OfferId> {
        (103..5_000).filter(move |id| self.sandbox.offer_kind(*id) == Some(kind)).filter_map(OfferId::new)
    }

    fn offer(&self, kind: OfferKind) -> OfferId {
        self.offers(kind).next().unwrap()
    }

    fn has_link(&self, id: OfferId) -> bool {
        let single = self.ask(&GetOfferTrackingLink::new(id));
        let batch = self.ask(&GetTrackingLinks::new(id.into()));
        assert_eq!(single.url.url(), batch.rows[0].url.url());
        single.url.url().is_some()
    }
}

fn code(text: &str) -> PostbackCode {
    text.parse().unwrap()
}

#[test]
fn an_application_is_pending_until_it_is_approved_and_then_there_is_a_link() {
    let affiliate = Affiliate::new();
    let id = affiliate.offer(OfferKind::NotApproved);
    let apply = ApplyToOffer::new(id);
    assert!(!affiliate.has_link(id));
    assert_eq!(affiliate.ask(&apply).status, Some(ApplicationStatus::Pending));
    assert!(!affiliate.has_link(id));
    let is_personal = || {
        let only = OfferFilter::id(Comparison::EqualTo, id);
        affiliate.ask(&ListOffers::new().personal().filter(only)).rowset.len() == 1
    };
    assert!(!is_personal());
    affiliate.sandbox.approve(id.get());
    assert!(affiliate.has_link(id) && is_personal());
    assert_eq!(affiliate.ask(&apply).status, Some(ApplicationStatus::Approved));
}

#[test]
fn a_batch_of_applications_has_every_outcome() {
    let default = Affiliate::new();
    let rejected: Vec<_> = default.offers(OfferKind::NotApproved).step_by(2).map(OfferId::get).collect();
    let config = SandboxConfig::default().applications_for(rejected, ApplicationRule::RejectedAfter(0));
    let affiliate = Affiliate::of(config);
    let not_approved: Vec<_> = affiliate.offers(OfferKind::NotApproved).take(2).collect();
    let asked = [
        (affiliate.offer(OfferKind::Public), "Approved"),
        (not_approved[0], "Rejected"),
        (affiliate.offer(OfferKind::Paused), "in doubt"),
        (not_approved[1], "Pending"),
        (OfferId::new(5_001).unwrap(), "in doubt"),
        (affiliate.offer(OfferKind::Approved), "Approved"),
    ];
    let outcomes: Vec<_> = affiliate
        .client
        .apply(OfferIds::new(asked.map(|(id, _)| id)).unwrap())
        .map(|item| match item.unwrap() {
            (id, Ok(row)) => (id, format!("{:?}", row.status.unwrap())),
            (id, Err(IdError::InDoubt(_))) => (id, "in doubt".to_owned()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(outcomes, asked.map(|(id, word)| (id, word.to_owned())));
    assert_eq!(affiliate.sandbox.arrivals().total, 1, "an application is never sent again");

    let again = OfferIds::new(not_approved).unwrap();
    let again = affiliate.ask(&ApplyToOffers::new(again).unwrap());
    assert_eq!(again.rows.len(), 2);
    assert_eq!(affiliate.refusal(&ApplyToOffer::new(asked[2].0)), 404);
}

#[test]
fn a_postback_is_created_read_changed_and_removed() {
    let affiliate = Affiliate::new();
    let offer = OfferId::new(102).unwrap();
    let create = CreatePostback::for_offer(
        offer,
        ConversionProtocol::ImagePixel,
        PostbackKind::PostbackUrl,
        code("https://t.example/?click={aff_sub1}&payout={payout}"),
    );
    let created = affiliate.ask(&create.unwrap().for_event(1));
    assert_eq!(created.status, Some(PostbackStatus::Pending));
    assert_eq!((created.offer_id, created.event_id), (Some(offer.into()), Some(1)));
    assert_eq!(affiliate.ask(&GetPostback::new(created.id)), created);
    assert!(affiliate.ask(&GetOfferPostbacks::new(offer)).contains(&created));

    let changed = affiliate.ask(&UpdatePostback::new(created.id, code("https://u.example/{ip}")));
    assert_eq!(changed.code.as_deref(), Some("https://u.example/{ip}"));
    assert!(changed.update_time >= created.update_time);
    let mut expected = created;
    (expected.code, expected.update_time) = (changed.code.clone(), changed.update_time);
    assert_eq!(changed, expected);

    affiliate.ask(&DeletePostback::new(changed.id));
    for status in [
        affiliate.refusal(&GetPostback::new(changed.id)),
        affiliate.refusal(&DeletePostback::new(changed.id)),
        affiliate.refusal(&UpdatePostback::new(changed.id, code("https://u.example"))),
    ] {
        assert_eq!(status, 404);
    }
}

#[test]
fn postbacks_are_listed() {
    let affiliate = Affiliate::new();
    let global =
        CreatePostback::for_all_offers(PostbackKind::HtmlPixel, code("<img src='https://t.example'>"));
    let global = affiliate.ask(&global.unwrap());
    assert_eq!((global.offer_id, global.event_id), (Some(PostbackScope::AllOffers), None));

    let ids = |list: ListPostbacks| -> Vec<u64> {
        affiliate.ask(&list).rowset.iter().map(|row| row.id.get()).collect()
    };
    assert_eq!(ids(ListPostbacks::new()), [47, 49, 51, 210, 211, 212]);
    assert_eq!(
        ids(ListPostbacks::new().sort(Order::Descending, PostbackField::Id)),
        [212, 211, 210, 51, 49, 47]
    );
    for (filter, expected) in [
        (PostbackFilter::offer_id(Comparison::EqualTo, PostbackScope::AllOffers), vec![212]),
        (PostbackFilter::id(Comparison::LessThan, PostbackId::new(50).unwrap()), vec![47, 49]),
        (
            PostbackFilter::kind(Comparison::GreaterThanOrEqualTo, PostbackKind::PostbackUrl),
            vec![47, 49, 51, 210, 212],
        ),
        (PostbackFilter::status(Comparison::NotEqualTo, &PostbackStatus::Pending), vec![47, 49, 210]),
        (PostbackFilter::contains(PostbackField::Code, "<img"), vec![211, 212]),
        (PostbackFilter::not_contains(PostbackField::Code, "http"), vec![]),
        (PostbackFilter::is_null(PostbackField::EventId), vec![47, 49, 212]),
        (PostbackFilter::is_not_null(PostbackField::EventId), vec![51, 210, 211]),
    ] {
        assert_eq!(ids(ListPostbacks::new().filter(filter.clone())), expected, "{filter:?}");
    }
    let page = affiliate.ask(&ListPostbacks::new().fields([PostbackField::Status]));
    assert!(page.rowset.iter().all(|row| row.status.is_some() && row.code.is_none()));
}

#[test]
fn a_listing_walks_through_all_postbacks() {
    let affiliate = Affiliate::new();
    let create = CreatePostback::for_all_offers(PostbackKind::PostbackUrl, code("https://t.example"));
    let create = create.unwrap();
    for _ in 0..30 {
        affiliate.ask(&create);
    }
    assert_eq!(affiliate.walk(ListPostbacks::new()).len(), 35);
}

#[test]
fn what_the_offer_does_not_take_is_refused() {
    let affiliate = Affiliate::new();
    // The client does not know the protocol of the offer; the sandbox does.
    let takes = |id| {
        [PostbackKind::ImagePixel, PostbackKind::PostbackUrl, PostbackKind::HtmlPixel].map(|kind| {
            let create = CreatePostback::for_offer(id, None, kind, code("https://t.example")).unwrap();
            match affiliate.try_ask(&create) {
                Ok(_) => true,
                Err(Error::Api(error)) if error.status == 400 => false,
                Err(other) => panic!("{other}"),
            }
        })
    };
    let met: BTreeSet<_> = (103..133).filter_map(OfferId::new).map(takes).collect();
    assert!(met.into_iter().eq([[false, true, false], [true, true, false], [true; 3]]));
}

#[test]
fn the_rules_of_sub_affiliates_are_listed() {
    let affiliate = Affiliate::new();
    let page = affiliate.ask(&ListSubAffiliateRules::new());
    assert_eq!(page.rowset.len(), 4);
    assert_eq!(page.rowset[0].offer_id, Some(RuleScope::AllOffers));
    assert_eq!(affiliate.walk(ListSubAffiliateRules::new()), page.rowset);
}
