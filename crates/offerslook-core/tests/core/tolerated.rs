//! Unusual answers that are read all the same.

use offerslook_core::affiliate::{
    batches::GetTrackingLinks as Batch,
    offer_postbacks::ListPostbacks,
    offers::{GetOfferPlatforms, GetOfferTrackingLink as Offer},
};

use crate::answers::{answers, links, success};

answers! {
    offer_id_as_string: Batch, 200, links(r#"[{"offer_id": "16", "url": "https://t.example/?o=16"}]"#);
    offer_id_with_white_space: Batch, 200, links(r#"[{"offer_id": " 16\n"}]"#);
    escaped_slashes: Batch, 200, links(r#"[{"offer_id": 16, "url": "https:\/\/t.example\/?o=16"}]"#);
    url_null: Batch, 200, links(r#"[{"offer_id": 16, "url": null}]"#);
    url_need_to_apply: Batch, 200, links(r#"[{"offer_id": 16, "url": "Need to apply"}]"#);
    url_missing: Batch, 200, links(r#"[{"offer_id": 16, "impression_pixel": "<img src='http://t.example/' />"}]"#);
    url_empty: Batch, 200, links(r#"[{"offer_id": 16, "url": ""}]"#);
    url_of_other_words: Batch, 200, links(r#"[{"offer_id": 16, "url": "Paused"}]"#);
    impression_pixel_null: Batch, 200, links(r#"[{"offer_id": 16, "impression_pixel": null}]"#);
    one_object_for_the_list: Batch, 200, links(r#"{"offer_id": 16, "url": "https://t.example/?o=16"}"#);
    second_row_for_one_offer: Batch, 200, links(r#"[{"offer_id": 16}, {"offer_id": 16}]"#);

    list_in_empty_data: Batch, 200, success("[]");
    list_in_null_data: Batch, 200, success("null");
    list_in_absent_data: Batch, 200, r#"{"code": 0, "message": "Success"}"#;
    list_null: Batch, 200, links("null");
    list_in_an_empty_object: Batch, 200, success("{}");
    list_empty: Batch, 200, links("[]");
    object_in_empty_data: Offer, 200, success("[]");
    object_in_null_data: Offer, 200, success("null");
    object_in_absent_data: Offer, 200, r#"{"code": 0, "message": "Success"}"#;
    object_null: Offer, 200, links("null");
    object_in_an_empty_object: Offer, 200, success("{}");
    object_empty_as_list: Offer, 200, links("[]");
    landing_pages_null: Offer, 200, links(r#"{"url": "https://t.example/?o=16", "offer_url": null}"#);
    landing_page_without_kind: Offer, 200, links(r#"{"offer_url": [{"type": "Random"}, {"name": "360"}]}"#);
    landing_page_name_of_a_number: Offer, 200, links(r#"{"offer_url": [{"type": "Offer URL", "name": 360}]}"#);
    landing_page_alone: Offer, 200, links(r#"{"offer_url": {"type": "Random", "tracking_link": null}}"#);
    landing_page_of_unknown_kind: Offer, 200, links(r#"{"offer_url": [{"type": "Deep Link", "name": "app"}]}"#);

    code_zero_as_string: Batch, 200, r#"{"code": "0", "data": {"tracking_link": [{"offer_id": 16}]}}"#;
    code_zero_with_a_fraction: Batch, 200, r#"{"code": 0.0, "data": {"tracking_link": [{"offer_id": 16}]}}"#;
    code_zero_with_a_fraction_as_string: Batch, 200, r#"{"code": "0.0", "data": {"tracking_link": [{"offer_id": 16}]}}"#;
    code_zero_with_a_sign: Batch, 200, r#"{"code": -0, "data": {"tracking_link": [{"offer_id": 16}]}}"#;
    offer_id_with_a_fraction_of_zeros: Batch, 200, links(r#"[{"offer_id": 16.0}, {"offer_id": "17.00"}, {"offer_id": 1e3}]"#);
    url_false: Batch, 200, links(r#"[{"offer_id": 16, "url": false}]"#);
    url_of_a_number: Batch, 200, links(r#"[{"offer_id": 16, "url": 7}]"#);
    url_with_a_space: Batch, 200, links(r#"[{"offer_id": 16, "url": "https://t.example/a b"}]"#);
    url_without_its_scheme: Batch, 200, links(r#"[{"offer_id": 16, "url": "//t.example/?o=16"}]"#);

    list_with_keys: Batch, 200, links(r#"{"0": {"offer_id": 16}, "1": {"offer_id": 17}}"#);
    list_with_keys_out_of_order: Batch, 200,
        links(r#"{"10": {"offer_id": 18}, "9": {"offer_id": 17}, "0": {"offer_id": 16, "url": null}}"#);
    list_with_one_key: Batch, 200, links(r#"{"1": {"offer_id": 16}}"#);
    list_with_ids_for_keys: Batch, 200, links(r#"{"102": {"offer_id": 102}, "16": {"offer_id": 16}}"#);
    rowset_with_keys: ListPostbacks, 200, success(r#"{"rowset": {"1": {"id": 17}, "0": {"id": "16"}}, "totalRows": 2}"#);
    targets_with_keys: GetOfferPlatforms, 200, success(
        r#"{"offer_platform": {"target": {"0": {"platform": "PC", "version": {"0": "10", "1": 11}}, "2": {"platform": "Mobile"}}}}"#
    );

    data_before_code: Batch, 200, r#"{"data": {"tracking_link": [{"offer_id": 16}]}, "message": "Success", "code": 0}"#;
    byte_order_mark: Batch, 200, format!("\u{FEFF}{}", links(r#"[{"offer_id": 16}]"#));
    white_space_around: Batch, 200, format!("\r\n\t {}\r\n", links(r#"[{"offer_id": 16}]"#));
    other_success_status: Batch, 206, links(r#"[{"offer_id": 16}]"#);
    success_with_message_of_any_shape: Batch, 200,
        r#"{"code": 0, "message": {"text": ["Success"]}, "data": {"tracking_link": [{"offer_id": 16}]}}"#;
    unknown_fields_everywhere: Batch, 200,
        r#"{"trace": [1, {}], "code": 0, "data": {"total": 1, "tracking_link": [{"offer_id": 16, "url_id": {"a": 1e400}, "x": null}]}}"#;
    duplicate_keys_of_the_envelope: Batch, 200,
        r#"{"code": 5, "code": 0, "data": null, "data": {"tracking_link": [{"offer_id": 16}], "tracking_link": [{"offer_id": 17}]}}"#;
}
