//! Offer ids: their text form, and text that is none.

use offerslook_core::{OfferId, OfferIds, ParseOfferIdError, ParseOfferIdsError};
use proptest::{collection::vec, prelude::*, sample::select};

#[test]
fn ids_are_read_with_commas_and_white_space_between_them() {
    for (text, joined) in [
        ("16", "16"),
        ("16,102", "16,102"),
        ("16 102", "16,102"),
        (" 16 , 102\n", "16,102"),
        ("16\t\r\n102\u{a0}7", "16,102,7"),
        ("102,16,102,16", "102,16"),
        ("016", "16"),
        ("18446744073709551615", "18446744073709551615"),
    ] {
        assert_eq!(text.parse::<OfferIds>().unwrap().to_string(), joined);
    }
}

#[test]
fn text_that_is_no_list_of_ids() {
    let long = "7".repeat(60);
    let told: Vec<_> = [
        "",
        " \n",
        "0",
        "16,,102",
        "16,",
        ",",
        "16;102",
        "+16",
        "-16",
        "1e3",
        "16.0",
        "٣",
        "\u{feff}16",
        &long,
    ]
    .map(|text| format!("{text:?}: {}", text.parse::<OfferIds>().unwrap_err()))
    .into();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn zero_is_no_offer() {
    assert_eq!(OfferId::new(0), None);
    assert_eq!(OfferIds::new([]), None);
}

#[test]
fn one_id_makes_a_list() {
    let id = OfferId::new(16).unwrap();
    let ids = OfferIds::from(id);
    assert_eq!((ids.as_slice(), ids.len()), (&[id][..], 1));
    assert!(ids.iter().eq([id]) && ids.into_iter().eq([id]));
}

fn id() -> impl Strategy<Value = OfferId> {
    (1..=u64::MAX).prop_map(|number| OfferId::new(number).unwrap())
}

/// Few enough to come twice.
fn near_id() -> impl Strategy<Value = OfferId> {
    (1..=9u64).prop_map(|number| OfferId::new(number).unwrap())
}

proptest! {
    #[test]
    fn split_undoes_join(ids in vec(id(), 1..60)) {
        let ids = OfferIds::new(ids).unwrap();
        let joined = ids.to_string();
        prop_assert!(joined.bytes().all(|byte| byte.is_ascii_digit() || byte == b','));
        prop_assert_eq!(joined.parse::<OfferIds>(), Ok(ids));
    }

    #[test]
    fn folding_keeps_the_first_of_each_in_order(ids in vec(near_id(), 1..30)) {
        let mut firsts = Vec::new();
        for id in &ids {
            if !firsts.contains(id) {
                firsts.push(*id);
            }
        }
        let folded = OfferIds::new(ids).unwrap();
        prop_assert_eq!(folded.as_slice(), &firsts);
    }

    #[test]
    fn any_separator_will_do(
        ids in vec(id(), 1..20),
        separators in vec(select(vec![",", " ", ", ", "\n", " ,\t", "\r\n,\r\n", "\u{2003}"]), 20),
    ) {
        let text: String = ids.iter().zip(separators).flat_map(|(id, text)| [text.into(), id.to_string()]).collect();
        let text = text.trim_start().trim_start_matches(',');
        prop_assert_eq!(text.parse::<OfferIds>().ok(), OfferIds::new(ids));
    }

    #[test]
    fn an_invalid_list_is_reported_by_its_first_bad_part(text in "([0-9]{1,3}|[, \n]|\\PC|.){0,12}") {
        match text.parse::<OfferIds>() {
            Ok(ids) => prop_assert_eq!(ids.to_string().parse(), Ok(ids)),
            Err(ParseOfferIdsError::Empty) => prop_assert_eq!(text.trim(), ""),
            Err(ParseOfferIdsError::Hole) => {
                prop_assert!(text.split(',').any(|part| part.trim().is_empty()) && text.contains(','));
            }
            Err(ParseOfferIdsError::BadPiece(ParseOfferIdError { piece, .. })) => {
                prop_assert!(piece.parse::<OfferId>().is_err());
                let (before, _) = text.split_once(&piece).unwrap();
                let before = before.trim().trim_end_matches(',').trim();
                prop_assert!(before.is_empty() || before.parse::<OfferIds>().is_ok(), "{:?} comes first", before);
            }
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}
