//! Answers with a status of success that cannot be understood.

use offerslook_core::{
    DecodeFault, Endpoint, Error,
    affiliate::{
        batches::GetTrackingLinks as Batch,
        offers::{GetOffer, GetOfferTrackingLink as Offer, ListOffers},
    },
    parse,
};

use crate::answers::{BATCH_EXAMPLE, OFFER_EXAMPLE, answer, answers, links, success};

fn only_row(offer_id: &str) -> String {
    links(&format!(r#"[{{"offer_id": {offer_id}}}]"#))
}

answers! {
    html_on_a_200: Batch, 200, "\n<html><body>Welcome</body></html>";
    empty_200: Batch, 200, "";
    empty_204: Batch, 204, "";
    white_space_alone: Batch, 200, " \r\n";
    plain_text: Batch, 200, "OK";
    json_text: Batch, 200, "\"OK\"";
    json_list: Batch, 200, r#"[{"offer_id": 16}]"#;
    json_null: Batch, 200, "null";
    no_code: Batch, 200, r#"{"message": "Success", "data": {"tracking_link": []}}"#;
    code_null: Batch, 200, r#"{"code": null, "data": {"tracking_link": []}}"#;
    code_object: Batch, 200, r#"{"code": {}, "data": {"tracking_link": []}}"#;
    wild_field_name: Batch, 200, format!(r#"{{"code": 0, "\u001b[31m\n{}" nothing}}"#, "x".repeat(1_000));
    brace_and_garbage: Batch, 200, "{ garbage";
    broken_rows: Batch, 200, links(r#"[{"offer_id": 16}, {"offer_id" 17}]"#);
    trailing_garbage: Batch, 200, format!("{} {{}}", success("[]"));
    cut: Batch, 200, &BATCH_EXAMPLE[..100];

    offer_id_zero: Batch, 200, only_row("0");
    offer_id_negative: Batch, 200, only_row("-16");
    offer_id_with_a_fraction: Batch, 200, only_row("16.5");
    offer_id_too_large_to_be_exact: Batch, 200, only_row("9007199254740993.0");
    offer_id_too_large: Batch, 200, only_row("18446744073709551616");
    offer_id_too_large_as_string: Batch, 200, only_row("\"18446744073709551616\"");
    offer_id_of_words: Batch, 200, only_row("\"All Offers\"");
    offer_id_long: Batch, 200, only_row(&format!(r#""\n{}""#, "x".repeat(5_000)));
    offer_id_null: Batch, 200, only_row("null");
    offer_id_missing: Batch, 200, links(r#"[{"url": "https://t.example/"}]"#);
    offer_id_twice: Batch, 200, links(r#"[{"offer_id": 16, "offer_id": 17}]"#);
    row_of_text: Batch, 200, links(r#"["https://t.example/"]"#);
    url_of_a_list: Batch, 200, links(r#"[{"offer_id": 16, "url": []}]"#);
    list_of_text: Batch, 200, links("\"none\"");
    data_of_text: Batch, 200, success("\"none\"");
    list_renamed: Batch, 200, success(r#"{"tracking_links": [{"offer_id": 16}]}"#);
    list_absent_beside_others: Batch, 200, success(r#"{"offer": [], "total": 0}"#);
    object_renamed: Offer, 200, success(r#"{"link": {"url": "https://t.example/?o=16"}}"#);
    error_in_data: Batch, 200, success(r#"{"error": "Internal error"}"#);
    error_in_data_of_an_object: Offer, 200, success(r#"{"error": "Internal error", "trace": []}"#);
    error_in_data_of_a_page: ListOffers, 200, success(r#"{"error": "Internal error"}"#);
    error_in_data_of_one_offer: GetOffer, 200, success(r#"{"error": "Internal error"}"#);
    rowset_renamed: ListOffers, 200, success(r#"{"rows": [], "totalPages": 1, "totalRows": 2}"#);
    keys_wild_and_many: Batch, 200, success(&format!(
        r#"{{"a\u001b[31m\n": 1, "{}": 2, "": 3, "d": 4, "e": 5, "f": 6}}"#, "x".repeat(5_000)
    ));
    data_of_rows: Batch, 200, success(r#"[{"offer_id": 16}]"#);
}

#[test]
fn a_list_is_never_taken_for_an_object_without_links() {
    assert!(parse::<Offer>(&answer(200, links(r#"[{"url": "https://t.example/"}]"#))).is_err());
}

#[test]
fn a_cut_answer_ends_early_wherever_it_is_cut() {
    check_cuts::<Batch>(BATCH_EXAMPLE);
    check_cuts::<Offer>(OFFER_EXAMPLE);
}

fn check_cuts<E: Endpoint<Output: std::fmt::Debug>>(example: &str) {
    let whole = example.trim_end().as_bytes();
    for length in 0..whole.len() {
        let error = parse::<E>(&answer(200, &whole[..length])).unwrap_err();
        let Error::Decode(decode) = &error else { panic!("cut at {length}: {error:?}") };
        assert_eq!(decode.fault, DecodeFault::EndsEarly, "cut at {length}");
        assert_eq!(decode.body.bytes(), &whole[..length]);
        assert!(error.is_transient());
    }
    assert!(parse::<E>(&answer(200, whole)).is_ok());
}

#[test]
fn a_body_is_kept_up_to_its_cap() {
    let body = "x".repeat(offerslook_core::KeptBody::MAX_BYTES + 1);
    let error = parse::<Batch>(&answer(200, &body)).unwrap_err();
    let kept = error.body().unwrap();
    assert_eq!(kept.text(), body[1..]);
    assert_eq!(kept.full_len(), body.len());
}
