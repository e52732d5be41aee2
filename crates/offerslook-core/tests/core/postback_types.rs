//! Which kinds of postbacks an offer takes, by its conversion protocol.

use offerslook_core::affiliate::{
    offer_postbacks::{CreatePostback, PostbackCode, PostbackKind},
    offers::ConversionProtocol,
};

fn code() -> PostbackCode {
    "https://t.example/".parse().unwrap()
}

fn taken(create: impl Fn(PostbackKind) -> bool) -> Vec<i64> {
    (-1..=5).filter(|kind| create(PostbackKind::from(*kind))).collect()
}

fn taken_by_offer(protocol: Option<ConversionProtocol>) -> Vec<i64> {
    taken(|kind| CreatePostback::for_offer("5".parse().unwrap(), protocol, kind, code()).is_ok())
}

#[test]
fn the_rule() {
    for (protocol, kinds) in [(1, &[1, 2][..]), (2, &[2]), (3, &[1, 2, 3]), (4, &[1, 2, 3]), (0, &[1, 2, 3])]
    {
        assert_eq!(taken_by_offer(Some(ConversionProtocol::from(protocol))), kinds, "protocol {protocol}");
    }
    assert_eq!(taken_by_offer(None), [1, 2, 3]);
    assert_eq!(taken(|kind| CreatePostback::for_all_offers(kind, code()).is_ok()), [1, 2, 3]);
}

#[test]
fn what_breaks_the_rule_is_told() {
    let offer = |protocol: i64, kind| {
        let protocol = ConversionProtocol::from(protocol);
        CreatePostback::for_offer("5".parse().unwrap(), protocol, kind, code()).unwrap_err().to_string()
    };
    let all = |kind| CreatePostback::for_all_offers(kind, code()).unwrap_err().to_string();
    let told = [
        offer(1, PostbackKind::HtmlPixel),
        offer(2, PostbackKind::ImagePixel),
        offer(3, PostbackKind::Global),
        offer(9, PostbackKind::Other(7)),
        all(PostbackKind::Global),
    ];
    insta::assert_snapshot!(told.join("\n"));
}
