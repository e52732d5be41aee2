//! Creating, reading, changing and removing postbacks.

use offerslook_core::{
    affiliate::{
        offer_postbacks::{
            CreatePostback, DeletePostback, GetPostback, PostbackCode, PostbackId, PostbackKind,
            UpdatePostback,
        },
        offers::ConversionProtocol,
    },
    parse,
};

use crate::{
    account::account,
    answers::{answer, answers, success},
    example::{check, written},
};

fn code(text: &str) -> PostbackCode {
    text.parse().unwrap()
}

fn postback() -> PostbackId {
    PostbackId::new(51).unwrap()
}

#[test]
fn create() {
    let call = CreatePostback::for_offer(
        "5".parse().unwrap(),
        ConversionProtocol::PostbackUrl,
        PostbackKind::PostbackUrl,
        code("http://offerslook.com"),
    );
    check(&call.unwrap().for_event(1), include_str!("../fixtures/create_postback.json"));
}

#[test]
fn create_for_all_offers() {
    let code = code(r#"<img src="https://t.example/pixel?click={aff_sub1}">"#);
    let call = CreatePostback::for_all_offers(PostbackKind::ImagePixel, code).unwrap();
    insta::assert_snapshot!(written(&account().request(&call).unwrap()));
}

#[test]
fn get() {
    check(&GetPostback::new(postback()), include_str!("../fixtures/get_postback.json"));
}

#[test]
fn update() {
    let code = code("https://offerslook.gitbooks.io/api-documentation/content/index.html");
    check(&UpdatePostback::new(postback(), code), include_str!("../fixtures/update_postback.json"));
}

#[test]
fn delete() {
    let request = account().request(&DeletePostback::new(postback())).unwrap();
    insta::assert_snapshot!("delete_postback_request", written(&request));
}

#[test]
fn whatever_a_deletion_answers_is_success_if_it_says_so() {
    for data in ["null", "[]", "{}", "true", "51", r#""deleted""#, r#"{"affiliate_postback": {"id": 51}}"#] {
        assert!(parse::<DeletePostback>(&answer(200, success(data))).is_ok(), "{data}");
    }
    assert!(parse::<DeletePostback>(&answer(200, r#"{"code": 0}"#)).is_ok());
    assert!(parse::<DeletePostback>(&answer(204, "")).is_ok());
}

answers! {
    deletion_without_a_code: DeletePostback, 200, "{}";
    deletion_without_a_body: DeletePostback, 200, "";
    deletion_refused: DeletePostback, 200, r#"{"code": 1001, "message": "postback not found", "data": null}"#;
    deletion_of_what_is_gone: DeletePostback, 404, "";
    creation_without_a_row: CreatePostback, 200, success("[]");
    creation_of_a_row_without_its_id: CreatePostback, 200, success(r#"{"affiliate_postback": {"type": 2}}"#);
    numbers_as_strings: GetPostback, 200, success(
        r#"{"affiliate_postback": {"id": "51", "offer_id": "5", "type": "2", "create_time": "1467777333"}}"#
    );
}

#[test]
fn ids_are_whole_numbers_from_1_on() {
    assert_eq!("51".parse(), Ok(postback()));
    assert_eq!((postback().get(), postback().to_string()), (51, "51".to_owned()));
    assert_eq!(PostbackId::new(0), None);
    let told = ["", "0", "-1", "+1", " 1", "1.5", "18446744073709551616", "1/2", "a\nb"]
        .map(|text| text.parse::<PostbackId>().unwrap_err().to_string());
    insta::assert_snapshot!(told.join("\n"));
}
